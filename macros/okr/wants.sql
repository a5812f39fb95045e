{# Whether a key result wants its KPI to go up or down; a mean goes the KPI's own way. #}
{% macro wants(direction) -%}
    (
        metric_type = '{{ {"up": "increase", "down": "decrease"}[direction] }}'
        or metric_type = 'average' and desired_direction = '{{ direction }}'
    )
{%- endmacro %}
