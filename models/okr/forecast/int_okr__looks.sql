{{ config(enabled=okr_is_on()) }}

with

windows as (

    select * from {{ ref('int_okr__windows') }}

    where metric_type != 'milestone'

),

progress as (

    select * from {{ ref('int_okr__progress') }}

),

series as (

    select * from {{ ref('int_okr__series') }}

    where is_known

),

looks as (

    select
        windows.key_result_id,
        progress.day,
        false as is_at_start,
        windows.method,
        windows.metric_type,
        windows.period_grain,
        windows.start_date,
        windows.due_date,
        progress.aims_up,
        progress.target_value,
        progress.lower_bound,
        progress.upper_bound,
        cast(progress.actual_value as {{ type_double() }}) as actual_value,
        progress.value_date,
        coalesce(progress.denominator_to_date, progress.periods_measured)
            as known_denominator,
        -- a sum that was once reached can't be lost; bounds that were left or a ceiling that is passed can't be met
        windows.metric_type = 'cumulative' and max(case when progress.is_target_met then 1 else 0 end) over (
            partition by progress.key_result_id
            order by progress.day
            rows between unbounded preceding and current row
        ) = 1 as is_won,
        case
            when windows.metric_type in ('at_least', 'at_most', 'range')
                then progress.periods_measured > coalesce(progress.periods_met, 0)
            when windows.metric_type = 'cumulative_at_most'
                then coalesce(progress.actual_value > progress.target_value, false)
            else false
        end as is_lost

    from windows

    inner join progress on windows.key_result_id = progress.key_result_id

    where
        progress.day < windows.due_date
        and (windows.ended_on is null or progress.day < windows.ended_on)

    union all

    -- with the KPI left as it was, against the target in force
    select
        windows.key_result_id,
        cast({{ dbt.dateadd('day', -1, 'windows.start_date') }} as date) as day,
        true as is_at_start,
        windows.method,
        windows.metric_type,
        windows.period_grain,
        windows.start_date,
        windows.due_date,
        progress.aims_up,
        progress.target_value,
        progress.lower_bound,
        progress.upper_bound,
        cast(null as {{ type_double() }}) as actual_value,
        cast(null as date) as value_date,
        null as known_denominator,
        false as is_won,
        false as is_lost

    from windows

    inner join progress
        on windows.key_result_id = progress.key_result_id
        and progress.is_latest

),

with_origin as (

    select
        looks.*,
        series.period_number as origin_number,
        series.denominator_a_day,
        cast({{ dbt.dateadd('day', 1, 'series.period_end') }} as date) as first_day_ahead,
        case
            when looks.value_date is null then looks.start_date
            else cast({{ dbt.dateadd('day', 1, 'looks.value_date') }} as date)
        end as first_unknown_day

    from looks

    inner join series
        on looks.key_result_id = series.key_result_id
        and looks.day >= series.period_end
        and (looks.day < series.next_known_end or series.next_known_end is null)

),

with_horizon as (

    select
        with_origin.*,
        {{ periods_ending('first_day_ahead', 'due_date') }} as periods_ahead,
        {{ dbt.datediff(
            'with_origin.first_unknown_day', 'with_origin.due_date', 'day'
        ) }} + 1 as days_ahead

    from with_origin
    {{ join_calendar_of('with_origin.first_day_ahead', 'with_origin.due_date') }}

),

with_weights as (

    select
        *,
        -- days that no whole period is left for are forecast by the next one
        case
            when method != 'level' and periods_ahead = 0 and days_ahead > 0 then 1
            else periods_ahead
        end as horizon,
        -- what is to come of an average, by its denominators
        case
            when actual_value is null then 1e0
            when method != 'average' then 1e0
            else
                days_ahead * denominator_a_day
                / nullif(days_ahead * denominator_a_day + known_denominator, 0)
        end as share_ahead

    from with_horizon

),

final as (

    select
        key_result_id,
        day,
        is_at_start,
        method,
        metric_type,
        origin_number,
        horizon,
        is_won,
        is_lost,
        -- the value at the due date is what is known and so many times the rate to come
        case method
            when 'sum' then coalesce(actual_value, 0)
            when 'average' then coalesce((1 - share_ahead) * actual_value, 0)
            else 0e0
        end as known_value,
        case method
            when 'sum' then cast(days_ahead as {{ type_double() }})
            when 'average' then share_ahead
            else 1e0
        end as weight_ahead,
        actual_value,
        case
            when metric_type in ('at_least', 'at_most', 'range') then cast(lower_bound as {{ type_double() }})
            when aims_up then cast(target_value as {{ type_double() }})
        end as lowest_that_meets,
        case
            when metric_type in ('at_least', 'at_most', 'range') then cast(upper_bound as {{ type_double() }})
            when not aims_up then cast(target_value as {{ type_double() }})
        end as highest_that_meets

    from with_weights

)

select * from final
