{# A number of an input below a thousand million million (1e15), null where it isn't one. Prices have 12 decimals: they are rounded after they are multiplied. #}
{% macro number(column, decimals=6) -%}
    cast({{ try_cast(column, 'numeric(' ~ (15 + decimals) ~ ', ' ~ decimals ~ ')') }} as numeric(28, {{ decimals }}))
{%- endmacro %}
