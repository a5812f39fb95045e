{# The CTE of the periods that a lineage query is of, and of which sides of the KPI are known there. #}
{% macro lineage_of_periods(kpi_values, kpi_id, period_grain, first_period, last_period, dimension, dimension_value, of_mean, of_average) -%}
periods as (

    select
        period_grain,
        period_start,
        period_end,
        numerator is not null as has_numerator,
        {{ 'true' if of_mean else 'denominator is not null' }} as has_denominator

    from {{ kpi_values }}

    where
        kpi_id = '{{ kpi_id }}'
        and period_grain = '{{ period_grain }}'
        and period_start >= cast('{{ first_period }}' as date)
        and period_start <= cast('{{ last_period }}' as date)
        and dimension = '{{ dimension }}'
        and dimension_value = {{ dbt.string_literal(dbt.escape_single_quotes(dimension_value)) }}
        {{- '\n        and is_complete_period\n        and value is not null' if of_mean }}
        {{- '\n        and numerator is not null\n        and denominator is not null' if of_average }}

)
{%- endmacro %}
