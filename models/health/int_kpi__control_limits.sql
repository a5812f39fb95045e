{#- grain: KPI x complete period x segment with a value, with the natural limits of its series -#}
{{ config(enabled=marts_are_on(), materialized='ephemeral', access='protected', contract={'enforced': false}) }}
{%- set series = 'kpi_id, period_grain, dimension, dimension_value' %}

with

points as (

    select
        kpi_id,
        period_grain,
        period_start,
        dimension,
        dimension_value,
        value,
        previous_value,
        change,
        count(*) over (partition by {{ series }}) as points,
        row_number() over (
            partition by {{ series }}
            order by period_start
        ) as point_number,
        -- an empty period ends a run
        sum(case when previous_value is null then 1 else 0 end) over (
            partition by {{ series }}
            order by period_start
            rows between unbounded preceding and current row
        ) as unbroken_number

    from {{ ref('kpi__values') }}

    where
        is_complete_period
        and value is not null

),

baselines as (

    select
        kpi_id,
        period_grain,
        dimension,
        dimension_value,
        -- sums of decimals are exact: the same limits on every engine
        {{ exact_mean('value') }} as center_line,
        -- the first point has no moving range
        {{ exact_mean('case when point_number > 1 then abs(change) end') }}
            as mean_moving_range

    from points

    where point_number <= {{ setting('health_baseline_periods') }}

    group by 1, 2, 3, 4

    having count(*) >= 6

),

final as (

    select
        points.*,
        baselines.center_line,
        baselines.center_line - 2.66 * baselines.mean_moving_range
            as lower_limit,
        baselines.center_line + 2.66 * baselines.mean_moving_range
            as upper_limit,
        -- a difference that a division of floats can make is none
        1e-9 * (abs(baselines.center_line) + baselines.mean_moving_range)
            as float_noise

    from points

    left join baselines
        on points.kpi_id = baselines.kpi_id
        and points.period_grain = baselines.period_grain
        and points.dimension = baselines.dimension
        and points.dimension_value = baselines.dimension_value

)

select * from final
