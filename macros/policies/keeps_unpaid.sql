{# Whether who pays nothing can stay a subscriber: on a free plan, or in a pause. #}
{% macro keeps_unpaid() -%}
    {{ return(policy('free_plan') == 'contraction' or policy('paused') == 'suspended') }}
{%- endmacro %}
