{# One select per KPI of the marts that are on, and one per growth KPI declared by "growth: <kpi_id>". #}
{% macro catalog_rows() -%}
    {%- set columns = ['kpi_id', 'kpi_name', 'description', 'domain', 'unit', 'kind', 'desired_direction', 'formula', 'owner', 'lowest_possible', 'highest_possible'] -%}
    {%- set kpis = [] -%}
    {%- for mart in kpi_marts() -%}
        {%- set domain = mart.split('__')[1] if mart.startswith('kpi__') else 'custom' -%}
        {%- for kpi in kpis_of(mart) -%}
            {%- set name = kpi.name or name_of(kpi.id) -%}
            {%- do kpis.append(dict(kpi, name=name, domain=domain, formula=formula_of(kpi))) -%}
            {%- if kpi.growth -%}
                {%- do kpis.append({
                    'id': kpi.growth, 'name': name ~ ' growth', 'domain': 'growth', 'unit': 'ratio', 'kind': 'ratio', 'direction': kpi.direction, 'owner': kpi.owner,
                    'description': 'Change of ' ~ kpi.id ~ ' against the calendar\'s previous period, as a share of it.', 'formula': kpi.id ~ ' / its previous_value - 1',
                }) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set ids = kpis | map(attribute='id') | list -%}
    {%- for kpi_id in ids if ids.count(kpi_id) > 1 -%}
        {{ exceptions.raise_compiler_error("okr_metrics: two columns are the KPI '" ~ kpi_id ~ "'. Rename the one of okr_metrics_custom_kpis.") }}
    {%- endfor -%}
    {#- a first row without a KPI keeps the model valid where there is none -#}
    select
    {%- for column in columns %}
        cast(null as {{ dbt.type_string() }}) as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
    {%- for kpi in kpis %}
    {%- set bounds = kpi.bounds or [none, none] %}
    {%- set formula = kpi.formula ~ policies_in_force(kpi, kpis) %}
    union all
    select {% for value in [kpi.id, kpi.name, kpi.description | trim, kpi.domain, kpi.unit, kpi.kind, kpi.direction, formula, kpi.owner, bounds[0], bounds[1]] %}{{ 'null' if value is none or value is undefined else dbt.string_literal(dbt.escape_single_quotes(value | string)) }}{{ ', ' if not loop.last }}{% endfor %}
    {%- endfor %}
{%- endmacro %}

{# An id as a name: gross_mrr_churn_rate is Gross MRR churn rate. #}
{% macro name_of(kpi_id) -%}
    {%- set words = [] -%}
    {%- for word in kpi_id.split('_') -%}
        {%- do words.append(word | upper if word in ['arpa', 'arr', 'cac', 'ltv', 'mrr'] else word) -%}
    {%- endfor -%}
    {%- set name = words | join(' ') -%}
    {{ return(name[:1] | upper ~ name[1:]) }}
{%- endmacro %}

{# The formula of a KPI: as its YAML entry has it, else its parts, else its own name. #}
{% macro formula_of(kpi) -%}
    {%- set parts = [] -%}
    {%- for part in [kpi.numerator, kpi.denominator] if kpi.denominator -%}
        {%- do parts.append('(' ~ part ~ ')' if ' ' in part else part) -%}
    {%- endfor -%}
    {{ return(kpi.formula or parts | join(' / ') or kpi.id) }}
{%- endmacro %}
