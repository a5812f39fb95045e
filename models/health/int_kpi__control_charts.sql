{#- grain: KPI x complete period x segment with a value, its limits, its signal -#}
{{ config(enabled=marts_are_on(), materialized='ephemeral', access='protected', contract={'enforced': false}) }}
{%- set series = 'kpi_id, period_grain, dimension, dimension_value' %}

with

with_limits as (

    select * from {{ ref('int_kpi__control_limits') }}

),

with_sides as (

    select
        *,
        case
            when value > center_line + float_noise then 1
            when value < center_line - float_noise then -1
            else 0
        end as side,
        -- nearer to a limit than to the center line
        case
            when value - center_line > upper_limit - value + float_noise then 1
            when center_line - value > value - lower_limit + float_noise
                then -1
            else 0
        end as near_side

    from with_limits

),

with_previous_side as (

    select
        *,
        lag(side) over (
            partition by {{ series }}, unbroken_number
            order by period_start
        ) as previous_side,
        {% for name, side in {'above': 1, 'below': -1}.items() -%}
        sum(case when near_side = {{ side }} then 1 else 0 end) over (
            partition by {{ series }}, unbroken_number
            order by period_start
            rows between 3 preceding and current row
        ) as near_{{ name }}_of_four{{ ',' if not loop.last }}
        {% endfor %}
    from with_sides

),

with_runs as (

    select
        *,
        point_number + 1 - max(
            case
                when side = previous_side then null
                else point_number
            end
        ) over (
            partition by {{ series }}, unbroken_number
            order by period_start
            rows between unbounded preceding and current row
        ) as run_length

    from with_previous_side

),

final as (

    select
        kpi_id,
        period_grain,
        period_start,
        dimension,
        dimension_value,
        points,
        point_number,
        unbroken_number,
        center_line,
        lower_limit,
        upper_limit,
        float_noise,
        side,
        {{ special_cause() }} as special_cause

    from with_runs

)

select * from final
