{#- grain: key result whose target is luck, or more than its KPI has ever come to, or percent where a share is meant -#}
{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

history as (

    select * from {{ ref('int_okr__history') }}

),

with_needed_value as (

    select
        history.*,
        {{ needed_value() }} as needed_value

    from history
    {{ join_calendar_of('history.start_date', 'history.due_date') }}

),

with_words as (

    select
        *,
        'key result ' || key_result_id as object,
        {{ number_text('needed_value', 'unit') }}
        || case
            when metric_type in ('cumulative', 'cumulative_at_most')
                then ' a ' || period_grain else ''
        end as needed_text,
        ' in the ' || {{ dbt.safe_cast('points', dbt.type_string()) }}
        || ' complete periods before its start' as history_text,
        -- ten times anything seen, and its hundredth isn't
        unit = 'ratio'
        and needed_value > 10 * highest_value
        and needed_value <= 1000 * highest_value as is_percentage,
        needed_value > highest_value
        and metric_type not in ('decrease', 'at_most', 'cumulative_at_most')
        and not {{ wants('down') }} as is_above,
        needed_value < lowest_value
        and metric_type not in ('increase', 'at_least', 'cumulative')
        and not {{ wants('up') }} as is_below

    from with_needed_value

),

final as (

    select
        'target_in_noise' as rule_id,
        severity,
        object,
        'its baseline ' || {{ number_text('baseline_value', 'unit') }}
        || ' and its target ' || {{ number_text('target_value', 'unit') }}
        || ' are both inside what the KPI varies by anyway: '
        || {{ number_text('lower_limit', 'unit') }} || ' to '
        || {{ number_text('upper_limit', 'unit') }} || history_text as message,
        'Aim beyond that range: inside it luck reaches the target.'
            as how_to_mend

    from with_words

    where
        metric_type in ('increase', 'decrease')
        and points >= 6
        and not has_changed
        and target_value between lower_limit and upper_limit
        and baseline_value between lower_limit and upper_limit
        -- where it was met before the start, that is the finding
        and (
            ({{ wants('up') }} and target_value > measured_baseline_value)
            or (
                {{ wants('down') }}
                and target_value < measured_baseline_value
            )
        )

    union all

    select
        'target_beyond_history' as rule_id,
        severity,
        object,
        'it needs ' || needed_text || case
            when is_above
                then
                    ', and the highest value was '
                    || {{ number_text('highest_value', 'unit') }}
            else ', and the lowest value was ' || {{ number_text('lowest_value', 'unit') }}
        end || history_text as message,
        'Say what will be different this time, or aim nearer.' as how_to_mend

    from with_words

    where
        (is_above or is_below)
        and points >= 6
        and not is_percentage

    union all

    select
        'ratio_in_percent' as rule_id,
        severity,
        object,
        'it needs ' || {{ number_text('needed_value') }}
        || ', and the highest value was '
        || {{ number_text('highest_value') }} || history_text || '; is '
        || {{ number_text('needed_value / 100') }} || ' meant?' as message,
        'Ratios are fractions: 5% is 0.05.' as how_to_mend

    from with_words

    where is_percentage

)

select * from final
