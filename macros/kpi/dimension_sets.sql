{# Grouping sets for the whole and for each dimension alone, one scan for all. #}
{% macro dimension_sets(keys, dimensions) -%}
    grouping sets (
        ({{ keys | join(', ') }})
        {%- for dimension in dimensions %},
        ({{ keys | join(', ') }}, {{ dimension }})
        {%- endfor %}
    )
{%- endmacro %}
