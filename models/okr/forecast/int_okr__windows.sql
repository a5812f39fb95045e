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

    where is_known

),

joined as (

    select
        key_results.*,
        latest_days.day,
        latest_days.baseline_value,
        latest_days.target_value,
        latest_days.aims_up,
        case
            when
                key_results.metric_type in ('cumulative', 'cumulative_at_most')
                then 'sum'
            when key_results.metric_type = 'average' then 'average'
            else 'level'
        end as method

    from key_results

    inner join latest_days
        on key_results.key_result_id = latest_days.key_result_id

),

points_before as (

    select
        joined.key_result_id,
        joined.periods_in_window,
        series.value,
        series.value - lag(series.value) over (
            partition by joined.key_result_id
            order by series.period_number
        ) as change,
        row_number() over (
            partition by joined.key_result_id
            order by series.period_number desc
        ) as points_back

    from joined

    inner join series
        on joined.key_result_id = series.key_result_id
        and joined.start_date > series.period_end

),

before_start as (

    select
        key_result_id,
        -- of as many periods as the key result has
        case
            when
                sum(case when points_back <= periods_in_window then 1 else 0 end)
                = min(periods_in_window)
                then sum(case when points_back <= periods_in_window then value end)
        end as sum_before_start,
        -- what the KPI moves from one period to the next, of six changes or more
        case when count(change) >= 6 then avg(abs(change)) end as usual_change

    from points_before

    group by 1

),

final as (

    select
        joined.*,
        before_start.sum_before_start,
        before_start.usual_change

    from joined

    left join before_start
        on joined.key_result_id = before_start.key_result_id

)

select * from final
