{# Whether any of the named inputs is mapped. #}
{% macro has_any_input() -%}
    {%- set mapping = input_mapping() -%}
    {{ return(varargs | select('in', mapping) | list | length > 0) }}
{%- endmacro %}
