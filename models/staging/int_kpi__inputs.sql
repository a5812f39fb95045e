{#- grain: relation that an input is mapped to; stops where one lacks a column, before staging reads it -#}
{{ config(enabled=input_mapping() != {}) }}
{%- do stop_on_missing_columns() -%}
{#- a wrong entry of a KPI stops here, where its message is shown: one in an ephemeral model is not -#}
{%- do catalog_rows() if execute and marts_are_on() -%}

{% for input, names in input_mapping().items() -%}
{% set is_last = loop.last -%}
{% for name in names -%}
select
    '{{ input }}' as input,
    {{ dbt.string_literal(name) }} as source_name,
    '{{ input_relation(name) }}' as relation_name
{{ 'union all' if not (is_last and loop.last) }}
{% endfor -%}
{% endfor %}
