{#- grain: KPI x complete period x segment with a value, with the natural limits of its series and the signal it gives -#}
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
        avg(cast(value as {{ type_double() }})) as center_line,
        -- the first point has no moving range
        avg(
            case when point_number > 1
                then abs(cast(change as {{ type_double() }})) end
        ) as mean_moving_range

    from points

    where point_number <= {{ setting('health_baseline_periods') }}

    group by 1, 2, 3, 4

    having count(*) >= 6

),

with_limits as (

    select
        points.*,
        baselines.center_line,
        baselines.center_line - 2.66 * baselines.mean_moving_range
            as lower_limit,
        baselines.center_line + 2.66 * baselines.mean_moving_range
            as upper_limit

    from points

    left join baselines
        on points.kpi_id = baselines.kpi_id
        and points.period_grain = baselines.period_grain
        and points.dimension = baselines.dimension
        and points.dimension_value = baselines.dimension_value

),

with_sides as (

    select
        *,
        sign(value - center_line) as side,
        -- nearer to a limit than to the center line
        case
            when value - center_line > upper_limit - value then 1
            when center_line - value > value - lower_limit then -1
            else 0
        end as near_side

    from with_limits

),

with_islands as (

    select
        *,
        row_number() over (
            partition by {{ series }}, unbroken_number, side
            order by period_start
        ) - point_number as island

    from with_sides

),

with_runs as (

    select
        *,
        row_number() over (
            partition by {{ series }}, unbroken_number, side, island
            order by period_start
        ) as run_length,
        {% for name, side in {'above': 1, 'below': -1}.items() -%}
        sum(case when near_side = {{ side }} then 1 else 0 end) over (
            partition by {{ series }}, unbroken_number
            order by period_start
            rows between 3 preceding and current row
        ) as near_{{ name }}_of_four{{ ',' if not loop.last }}
        {% endfor %}
    from with_islands

),

final as (

    select
        kpi_id,
        period_grain,
        period_start,
        dimension,
        dimension_value,
        points,
        unbroken_number,
        center_line,
        lower_limit,
        upper_limit,
        side,
        {{ special_cause() }} as special_cause

    from with_runs

)

select * from final
