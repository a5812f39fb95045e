{# The columns dimension and dimension_value of a row that dimension_sets grouped. #}
{% macro dimension_columns(dimensions) -%}
    case
        {%- if not dimensions %}
        when 1 = 0 then null
        {%- endif %}
        {%- for column in dimensions %}
        when grouping({{ column }}) = 0 then '{{ dimension_name(column) }}'
        {%- endfor %}
        else 'total'
    end as dimension,
    case
        {%- if not dimensions %}
        when 1 = 0 then null
        {%- endif %}
        {%- for column in dimensions %}
        when grouping({{ column }}) = 0 then {{ column }}
        {%- endfor %}
        else 'total'
    end as dimension_value
{%- endmacro %}

{# Grouping sets for the whole and for each dimension alone, one scan for all. #}
{% macro dimension_sets(keys, dimensions) -%}
    grouping sets (
        ({{ keys | join(', ') }})
        {%- for dimension in dimensions %},
        ({{ keys | join(', ') }}, {{ dimension }})
        {%- endfor %}
    )
{%- endmacro %}

{# The condition of a row to be of the whole or of one of the dimensions. #}
{% macro is_total_or(dimensions) -%}
    dimension in ('total'{% for column in dimensions %}, '{{ dimension_name(column) }}'{% endfor %})
{%- endmacro %}

{# The join condition on the keys that all marts share. #}
{% macro same_period_segment(left, right) -%}
    {%- for key in ['period_grain', 'period_start', 'dimension', 'dimension_value'] -%}
    {{ left }}.{{ key }} = {{ right }}.{{ key }}
        {{ 'and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
