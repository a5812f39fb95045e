{# The condition of a row to be of the whole or of one of the dimensions. #}
{% macro is_total_or(dimensions) -%}
    dimension in ('total'{% for column in dimensions %}, '{{ dimension_name(column) }}'{% endfor %})
{%- endmacro %}
