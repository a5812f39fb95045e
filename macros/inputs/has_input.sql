{# Whether every one of the named inputs is mapped. #}
{% macro has_input() -%}
    {%- set mapping = input_mapping() -%}
    {{ return(varargs | reject('in', mapping) | list | length == 0) }}
{%- endmacro %}
