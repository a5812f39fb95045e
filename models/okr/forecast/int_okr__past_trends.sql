{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

windows as (

    select * from {{ ref('int_okr__windows') }}

    where method = 'trend'

),

series as (

    select * from {{ ref('int_okr__series') }}

),

past_windows as (

    select
        windows.key_result_id,
        windows.periods_in_window,
        windows.target_value - windows.baseline_value as way_to_go,
        windows.periods_in_window
        - (outcomes.period_number - origins.period_number) as periods_elapsed,
        origins.period_number,
        origins.level as reached_value,
        outcomes.level as outcome_value,
        origins.mean_level + origins.trend_slope
        * (outcomes.period_number - origins.mean_number) as forecast_value

    from windows

    inner join series as origins -- noqa: AL07
        on windows.key_result_id = origins.key_result_id
        and origins.trend_slope is not null

    inner join series as outcomes -- noqa: AL07
        on origins.key_result_id = outcomes.key_result_id
        and origins.period_number < outcomes.period_number
        and outcomes.period_number
        <= origins.period_number + windows.periods_in_window

),

final as (

    select
        past_windows.key_result_id,
        past_windows.periods_elapsed,
        past_windows.periods_in_window,
        past_windows.forecast_value,
        past_windows.outcome_value,
        past_windows.reached_value,
        before_window.level as case_baseline,
        -- as far from the period before it as the key result's own target is
        before_window.level + past_windows.way_to_go as case_target,
        past_windows.way_to_go,
        false as is_ceiling

    from past_windows

    left join series as before_window -- noqa: AL07
        on past_windows.key_result_id = before_window.key_result_id
        and past_windows.period_number - past_windows.periods_elapsed
        = before_window.period_number

)

select * from final
