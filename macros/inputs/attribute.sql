{# An attribute that a dimension is made of: rows without one are in the segment unknown. #}
{% macro attribute(column) -%}
    coalesce({{ text(column) }}, 'unknown')
{%- endmacro %}
