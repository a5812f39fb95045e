{# The condition of a measure's rows to be in a segment; empty where all are. #}
{% macro lineage_segment(spec, dimension, dimension_value) -%}
    {%- set literal = dbt.string_literal(dbt.escape_single_quotes(dimension_value)) -%}
    {%- set attribute = spec.by.get(dimension_column(dimension)) -%}
    {%- if dimension == 'total' or attribute == literal -%}
        {{ return('') }}
    {%- elif attribute is none or attribute.startswith("'") -%}
        {#- rows that carry no such attribute -#}
        {{ return('1 = 0') }}
    {%- endif -%}
    {{ return(attribute ~ ' = ' ~ literal) }}
{%- endmacro %}
