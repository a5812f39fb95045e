{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

windows as (

    select * from {{ ref('int_okr__windows') }}

    where method = 'run_rate'

),

series as (

    select * from {{ ref('int_okr__series') }}

),

-- a window without a gap: as many points as periods
past_windows as (

    select
        windows.key_result_id,
        windows.periods_in_window,
        windows.baseline_value,
        windows.target_value,
        windows.sum_before_start,
        windows.metric_type in ('cumulative', 'cumulative_at_most') as is_sum,
        windows.metric_type = 'cumulative_at_most' as is_ceiling,
        partial_points.period_number - first_points.period_number + 1
            as periods_elapsed,
        cast(
            partial_points.rate_numerator_to_date
            - first_points.rate_numerator_before as {{ type_double() }}
        ) as partial_numerator,
        cast(
            partial_points.rate_denominator_to_date
            - first_points.rate_denominator_before as {{ type_double() }}
        ) as partial_denominator,
        cast(
            last_points.rate_numerator_to_date
            - first_points.rate_numerator_before as {{ type_double() }}
        ) as whole_numerator,
        cast(
            last_points.rate_denominator_to_date
            - first_points.rate_denominator_before as {{ type_double() }}
        ) as whole_denominator,
        cast(
            prior_last.rate_numerator_to_date
            - prior_first.rate_numerator_before as {{ type_double() }}
        ) as prior_numerator,
        cast(
            prior_last.rate_denominator_to_date
            - prior_first.rate_denominator_before as {{ type_double() }}
        ) as prior_denominator

    from windows

    inner join series as first_points -- noqa: AL07
        on windows.key_result_id = first_points.key_result_id

    inner join series as last_points -- noqa: AL07
        on first_points.key_result_id = last_points.key_result_id
        and first_points.period_number + windows.periods_in_window - 1
        = last_points.period_number
        and first_points.point_number + windows.periods_in_window - 1
        = last_points.point_number

    inner join series as partial_points -- noqa: AL07
        on first_points.key_result_id = partial_points.key_result_id
        and first_points.period_number <= partial_points.period_number
        and last_points.period_number > partial_points.period_number

    -- the window before it, as long and without a gap too
    left join series as prior_first -- noqa: AL07
        on first_points.key_result_id = prior_first.key_result_id
        and first_points.period_number - windows.periods_in_window
        = prior_first.period_number
        and first_points.point_number - windows.periods_in_window
        = prior_first.point_number

    left join series as prior_last -- noqa: AL07
        on first_points.key_result_id = prior_last.key_result_id
        and first_points.period_number - 1 = prior_last.period_number
        and first_points.point_number - 1 = prior_last.point_number

),

-- a sum is its rate times its days, an average is its rate
with_scale as (

    select
        *,
        case when is_sum then whole_denominator else 1 end as whole_scale,
        case when is_sum then partial_denominator else 1 end as partial_scale

    from past_windows

),

final as (

    select
        key_result_id,
        periods_elapsed,
        periods_in_window,
        partial_numerator / nullif(partial_denominator, 0)
        * whole_scale as forecast_value,
        whole_numerator / nullif(whole_denominator, 0)
        * whole_scale as outcome_value,
        partial_numerator / nullif(partial_denominator, 0)
        * partial_scale as reached_value,
        case
            when is_sum then 0
            else prior_numerator / nullif(prior_denominator, 0)
        end as case_baseline,
        -- as far from the periods before it as the key result's own target is
        case
            when is_sum
                then
                    prior_numerator
                    * (target_value / nullif(sum_before_start, 0))
            else
                prior_numerator / nullif(prior_denominator, 0)
                + (target_value - baseline_value)
        end as case_target,
        target_value - coalesce(baseline_value, 0) as way_to_go,
        is_ceiling

    from with_scale

)

select * from final
