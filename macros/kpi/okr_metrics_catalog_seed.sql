{# dbt run-operation okr_metrics_catalog_seed: the KPIs as the seed that the lint of the demo reads in place of the marts. #}
{% macro okr_metrics_catalog_seed() -%}
    {%- set columns = ['kpi_id', 'kind', 'unit', 'desired_direction', 'lowest_possible', 'highest_possible'] -%}
    {%- set kpis = run_query('select ' ~ columns | join(', ') ~ ' from (' ~ catalog_rows() ~ ') as kpis where kpi_id is not null order by kpi_id') -%}
    {%- set lines = [columns | join(',')] -%}
    {%- for row in kpis.rows -%}
        {%- do lines.append(row.values() | map('default', '', true) | join(',')) -%}
    {%- endfor -%}
    {{ print(lines | join('\n')) }}
{%- endmacro %}
