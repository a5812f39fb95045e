{#- grain: key result with a sum or an average x past window x elapsed periods: what its run rate said, what came -#}
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
        windows.metric_type,
        windows.periods_in_window,
        windows.baseline_value,
        windows.target_value,
        windows.sum_before_start,
        partial_points.period_number - first_points.period_number + 1
            as periods_elapsed,
        {% for name, points in {
            'partial': 'partial', 'whole': 'last'
        }.items() -%}
        {% for part in ['numerator', 'denominator'] -%}
        {{ sum_of_points('first_points', points ~ '_points', part) }}
            as {{ name }}_{{ part }},
        {% endfor -%}
        {% endfor -%}
        {{ sum_of_points('prior_first', 'prior_last', 'numerator') }}
            as prior_numerator,
        {{ sum_of_points('prior_first', 'prior_last', 'denominator') }}
            as prior_denominator

    from windows

    inner join series as first_points -- noqa: AL07
        on windows.key_result_id = first_points.key_result_id

    inner join series as last_points -- noqa: AL07
        on {{ points_after(
            'last_points', 'first_points', 'windows.periods_in_window - 1'
        ) }}

    inner join series as partial_points -- noqa: AL07
        on first_points.key_result_id = partial_points.key_result_id
        and first_points.period_number <= partial_points.period_number
        and last_points.period_number > partial_points.period_number

    left join series as prior_first -- noqa: AL07
        on {{ points_after(
            'prior_first', 'first_points', '-windows.periods_in_window'
        ) }}

    left join series as prior_last -- noqa: AL07
        on {{ points_after('prior_last', 'first_points', '-1') }}

),

final as (

    select
        key_result_id,
        periods_elapsed,
        periods_in_window,
        partial_numerator / nullif(partial_denominator, 0)
        * {{ for_a_sum('whole_denominator') }} as forecast_value,
        whole_numerator / nullif(whole_denominator, 0)
        * {{ for_a_sum('whole_denominator') }} as outcome_value,
        partial_numerator / nullif(partial_denominator, 0)
        * {{ for_a_sum('partial_denominator') }} as reached_value,
        case
            when metric_type in ('cumulative', 'cumulative_at_most') then 0
            else prior_numerator / nullif(prior_denominator, 0)
        end as case_baseline,
        -- as far from the periods before it as the key result's own target is
        case
            when metric_type in ('cumulative', 'cumulative_at_most')
                then
                    prior_numerator
                    * (target_value / nullif(sum_before_start, 0))
            else
                prior_numerator / nullif(prior_denominator, 0)
                + (target_value - baseline_value)
        end as case_target,
        target_value - coalesce(baseline_value, 0) as way_to_go,
        metric_type = 'cumulative_at_most' as is_ceiling

    from past_windows

)

select * from final
