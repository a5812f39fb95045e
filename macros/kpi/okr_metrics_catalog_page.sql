{# dbt run-operation okr_metrics_catalog_page: kpi__catalog as a Markdown page, from the same rows. #}
{% macro okr_metrics_catalog_page() -%}
    {%- set columns = ['kpi_id', 'domain', 'kind', 'unit', 'desired_direction', 'formula', 'description'] -%}
    {%- set kpis = run_query('select ' ~ columns | join(', ') ~ ' from (' ~ catalog_rows() ~ ') as kpis where kpi_id is not null order by domain, kpi_id') -%}
    {%- set lines = [
        '# KPIs', '',
        'Made by `make catalog` from the rows of `kpi__catalog`; do not edit. Policies in force stand in brackets. A growth KPI',
        'belongs to the KPI in its formula. [KPI definitions](kpi-definitions.md) says exactly how each is computed.',
    ] -%}
    {%- for domain, rows in kpis.rows | groupby('domain') -%}
        {%- do lines.extend(['', '## ' ~ domain | capitalize, '', '| KPI | kind | unit | wanted | formula | meaning |', '|---|---|---|---|---|---|']) -%}
        {%- for row in rows -%}
            {%- do lines.append('| `' ~ row.kpi_id ~ '` | ' ~ [row.kind, row.unit, row.desired_direction, row.formula, row.description] | map('replace', '|', '\\|') | join(' | ') ~ ' |') -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ print(lines | join('\n')) }}
{%- endmacro %}
