"""The dashboard: one self-contained HTML file of the public tables."""
