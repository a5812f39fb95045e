{# One select per KPI of the marts that are on, and one per growth KPI declared by "growth: <kpi_id>". #}
{% macro catalog_rows() -%}
    {%- set columns = ['kpi_id', 'kpi_name', 'description', 'domain', 'unit', 'kind', 'desired_direction', 'formula', 'owner', 'lowest_possible', 'highest_possible'] -%}
    {%- set rows = [] -%}
    {%- for mart in kpi_marts() -%}
        {%- set domain = mart.split('__')[1] if mart.startswith('kpi__') else 'custom' -%}
        {%- for kpi in kpis_of(mart) -%}
            {%- set formula = kpi.formula or ((('(' ~ kpi.numerator ~ ')' if ' ' in kpi.numerator else kpi.numerator) ~ ' / ' ~ ('(' ~ kpi.denominator ~ ')' if ' ' in kpi.denominator else kpi.denominator)) if kpi.denominator else kpi.id) -%}
            {%- set bounds = kpi.bounds or [none, none] -%}
            {%- set policies = [] -%}
            {%- for policy_name in kpi.get('policies', []) -%}
                {%- do policies.append(policy_name ~ ': ' ~ policy_text(policy_name)) -%}
            {%- endfor -%}
            {%- set formula = formula ~ (' [' ~ policies | join(', ') ~ ']' if policies else '') -%}
            {%- set name = kpi.name or kpi.id | replace('_', ' ') | capitalize -%}
            {%- do rows.append([kpi.id, name, kpi.description | trim, domain, kpi.unit, kpi.kind, kpi.direction, formula, kpi.owner, bounds[0], bounds[1]]) -%}
            {%- if kpi.growth -%}
                {%- do rows.append([kpi.growth, name ~ ' growth', 'Change of ' ~ kpi.id ~ ' against the calendar\'s previous period, as a share of it.', 'growth', 'ratio', 'ratio', kpi.direction, kpi.id ~ ' / its previous_value - 1', kpi.owner, none, none]) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set ids = rows | map('first') | list -%}
    {%- for kpi_id in ids if ids.count(kpi_id) > 1 -%}
        {{ exceptions.raise_compiler_error("okr_metrics: two columns are the KPI '" ~ kpi_id ~ "'. Rename the one of okr_metrics_custom_kpis.") }}
    {%- endfor -%}
    {#- a first row without a KPI keeps the model valid where there is none -#}
    select
    {%- for column in columns %}
        cast(null as {{ dbt.type_string() }}) as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
    {%- for row in rows %}
    union all
    select {% for value in row %}{{ 'null' if value is none else dbt.string_literal(dbt.escape_single_quotes(value | string)) }}{{ ', ' if not loop.last }}{% endfor %}
    {%- endfor %}
{%- endmacro %}
