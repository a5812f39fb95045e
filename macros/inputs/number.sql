{# A number of an input, null where it isn't one. #}
{% macro number(column) -%}
    {{ try_cast(column, 'numeric(28, 6)') }}
{%- endmacro %}
