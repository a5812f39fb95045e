{# One select per relation of a mapping. #}
{% macro mapped_relations(mapping) -%}
    {%- for input, names in mapping.items() -%}
    {%- set is_last = loop.last -%}
    {%- for name in names %}
select
    '{{ input }}' as input,
    {{ dbt.string_literal(dbt.escape_single_quotes(source_names(input)[loop.index0])) }} as source_name,
    {{ dbt.string_literal(dbt.escape_single_quotes(input_relation(name).render())) }} as relation_name
{{ 'union all' if not (is_last and loop.last) }}
    {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}
