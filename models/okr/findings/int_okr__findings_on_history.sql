{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

history as (

    select
        *,
        {{ say('objects', 'key_result', {'id': 'key_result_id'}) }} as object

    from {{ ref('int_okr__history') }}

),

with_periods as (

    select
        history.*,
        {{ periods_ending('history.start_date', 'history.due_date', 'history.period_grain') }} as periods

    from history
    {{ join_calendar_of('history.start_date', 'history.due_date') }}

),

-- what the KPI itself must come to in a period for the target to be met
with_needed_value as (

    select
        *,
        metric_type in ('cumulative', 'cumulative_at_most') as is_by_period,
        case
            when metric_type = 'at_most' then upper_bound
            when metric_type = 'range' and upper_bound < lowest_value then upper_bound
            when metric_type in ('at_least', 'range') then lower_bound
            when metric_type in ('cumulative', 'cumulative_at_most')
                then (target_value - baseline_value) / periods
            else target_value
        end as needed_value

    from with_periods

),

compared as (

    select
        *,
        -- ten times anything seen, and its hundredth isn't
        unit = 'ratio'
        and needed_value > 10 * highest_value
        and needed_value <= 1000 * highest_value as is_percentage,
        needed_value > highest_value
        and metric_type not in ('decrease', 'at_most', 'cumulative_at_most')
        and not is_to_fall as is_above,
        needed_value < lowest_value
        and metric_type not in ('increase', 'at_least', 'cumulative')
        and not is_to_rise as is_below

    from with_needed_value

),

final as (

    select
        {{ finding(
            'target_in_noise', 'object', {
                'baseline': number_text('baseline_value', 'unit'), 'target': number_text('target_value', 'unit'),
                'low': number_text('lower_limit', 'unit'), 'high': number_text('upper_limit', 'unit'),
                'points': as_text('points'),
            },
            last_day='last_day',
        ) }}

    from compared

    where
        metric_type in ('increase', 'decrease')
        and points >= {{ rule_limit('target_in_noise') }}
        and not has_changed
        and target_value between lower_limit and upper_limit
        and baseline_value between lower_limit and upper_limit
        -- where it was met before the start, that is the finding
        and (
            (is_to_rise and target_value > measured_baseline_value)
            or (is_to_fall and target_value < measured_baseline_value)
        )

    union all

    select
        {{ finding(
            'target_beyond_history', 'object', {
                'needed': number_text('needed_value', 'unit'), 'grain': word('period_grain', 'period_grain'),
                'highest': number_text('highest_value', 'unit'), 'lowest': number_text('lowest_value', 'unit'),
                'points': as_text('points'),
            },
            cases={
                'above_by_period': 'is_above and is_by_period', 'above': 'is_above',
                'below_by_period': 'is_by_period', 'below': none,
            },
            last_day='last_day',
        ) }}

    from compared

    where
        (is_above or is_below)
        and points >= {{ rule_limit('target_beyond_history') }}
        and not is_percentage

    union all

    select
        {{ finding(
            'ratio_in_percent', 'object', {
                'needed': number_text('needed_value'), 'highest': number_text('highest_value'),
                'hundredth': number_text('needed_value / 100'), 'points': as_text('points'),
            },
            last_day='last_day',
        ) }}

    from compared

    where is_percentage

)

select * from final
