{# The mean of a decimal as an 8-byte float: an exact sum divided once, so that no engine's order of rows shows in it. #}
{% macro exact_mean(value) -%}
    cast(sum({{ value }}) as {{ type_double() }}) / nullif(count({{ value }}), 0)
{%- endmacro %}
