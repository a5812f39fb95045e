{# Whether two segments have a customer in common: the whole has all, and of two dimensions a customer has both. #}
{% macro segments_overlap(left, right, other_prefix='') -%}
    (
            {{ left }}.dimension != {{ right }}.{{ other_prefix }}dimension
            or {{ left }}.dimension_value = {{ right }}.{{ other_prefix }}dimension_value
        )
{%- endmacro %}
