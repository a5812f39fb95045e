{# The join condition on the keys that all marts share. #}
{% macro same_period_segment(left, right) -%}
    {%- for key in ['period_grain', 'period_start', 'dimension', 'dimension_value'] -%}
    {{ left }}.{{ key }} = {{ right }}.{{ key }}
        {{ 'and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
