{{ config(enabled=okr_is_on()) }}

with

key_results as (

    select * from {{ ref('int_okr__key_results') }}

),

latest_days as (

    select * from {{ ref('int_okr__days') }}

    where is_latest

),

series as (

    select * from {{ ref('int_okr__series') }}

),

counted as (

    select
        key_results.*,
        latest_days.day,
        latest_days.baseline_value,
        latest_days.target_value,
        latest_days.lower_bound,
        latest_days.upper_bound,
        -- what a value must not be below, and not above, to meet the goal:
        -- the bounds, or the target on the side that it comes from
        case
            when key_results.metric_type in ('at_least', 'at_most', 'range')
                then latest_days.lower_bound
            when key_results.metric_type = 'increase'
                then latest_days.target_value
            when
                key_results.metric_type not in ('decrease', 'cumulative_at_most')
                and latest_days.target_value
                > coalesce(latest_days.baseline_value, 0)
                then latest_days.target_value
        end as lowest_that_meets,
        case
            when key_results.metric_type in ('at_least', 'at_most', 'range')
                then latest_days.upper_bound
            when key_results.metric_type in ('decrease', 'cumulative_at_most')
                then latest_days.target_value
            when
                key_results.metric_type != 'increase'
                and latest_days.target_value
                <= coalesce(latest_days.baseline_value, 0)
                then latest_days.target_value
        end as highest_that_meets

    from key_results

    inner join latest_days
        on key_results.key_result_id = latest_days.key_result_id

),

with_periods as (

    select
        counted.*,
        -- sums and averages go on at their rate, levels along their trend
        case
            when
                counted.metric_type
                in ('cumulative', 'cumulative_at_most', 'average')
                then 'run_rate'
            else 'trend'
        end as method,
        {{ periods_ending(
            'counted.start_date', 'counted.due_date', 'counted.period_grain'
        ) }} as periods_in_window

    from counted
    {{ join_calendar_of('counted.start_date', 'counted.due_date') }}

),

with_elapsed as (

    select
        with_periods.*,
        case
            when with_periods.day < with_periods.start_date then 0
            else {{ periods_ending(
                'with_periods.start_date', 'with_periods.day',
                'with_periods.period_grain',
            ) }}
        end as periods_elapsed

    from with_periods
    {{ join_calendar_of('with_periods.start_date', 'with_periods.day') }}

),

points_before as (

    select
        with_elapsed.key_result_id,
        with_elapsed.periods_in_window,
        series.level,
        row_number() over (
            partition by with_elapsed.key_result_id
            order by series.period_number desc
        ) as points_back

    from with_elapsed

    inner join series
        on with_elapsed.key_result_id = series.key_result_id
        and with_elapsed.start_date > series.period_end

),

before_start as (

    select
        key_result_id,
        count(*) as points_before_start,
        avg(level) as mean_before_start,
        stddev_samp(level) as spread_before_start,
        sum(case when points_back <= periods_in_window then level end)
            as sum_before_start

    from points_before

    group by 1

),

final as (

    select
        with_elapsed.*,
        coalesce(before_start.points_before_start, 0) as points_before_start,
        before_start.mean_before_start,
        before_start.spread_before_start,
        -- of as many periods as the key result has
        case
            when
                before_start.points_before_start
                >= with_elapsed.periods_in_window
                then before_start.sum_before_start
        end as sum_before_start

    from with_elapsed

    left join before_start
        on with_elapsed.key_result_id = before_start.key_result_id

)

select * from final
