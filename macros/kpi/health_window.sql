{# Points of the trailing baseline of a grain: two years of months, half a year of weeks, three years of quarters; a trouble lasts half as long at most. #}
{% macro health_window(grain) -%}
    {{ return({'day': 28, 'week': 26, 'month': 24, 'quarter': 12, 'year': 12}[grain]) }}
{%- endmacro %}
