{# A measure summed from the first period of a grain and segment up to this one. #}
{% macro running_total(measure) -%}
    sum({{ measure }}) over (
            partition by period_grain, dimension, dimension_value
            order by period_start
            rows between unbounded preceding and current row
        )
{%- endmacro %}
