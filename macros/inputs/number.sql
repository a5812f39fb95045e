{# A number of an input, null where it isn't one. Prices have more decimals: they are multiplied before they are rounded. #}
{% macro number(column, decimals=6) -%}
    {{ try_cast(column, 'numeric(28, ' ~ decimals ~ ')') }}
{%- endmacro %}
