"""A bundle for Apache Superset: a database, datasets on public tables, charts and a dashboard."""
