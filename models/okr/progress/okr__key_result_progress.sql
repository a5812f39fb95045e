{{ config(enabled=okr_is_on()) }}

with

status as (

    select * from {{ ref('int_okr__frozen_status') }}

),

scored as (

    select
        *,
        {{ score('progress_raw') }} as score,
        {{ score('progress_vs_original') }} as score_vs_original,
        case when is_restated then {{ score('progress_now') }} end
            as restated_score,
        metric_type in ('at_least', 'at_most', 'range') as has_bounds

    from status

),

worded as (

    select
        *,
        {{ say_case('status', {
            'ended_early': "status_rule = 'ended_early' and progress_raw is null",
            'ended_early.with_score': "status_rule = 'ended_early'",
            'before_start': "status_rule = 'before_start'",
            'input_ended': "status_rule = 'input_ended' and ended_input_day is not null",
            'input_ended.unknown': "status_rule = 'input_ended'",
            'value_too_old': "status_rule = 'value_too_old'",
            'no_value.milestone': "status_rule = 'no_value' and metric_type = 'milestone'",
            'no_value': "status_rule = 'no_value'",
            'no_baseline': "status_rule = 'no_baseline'",
            'target_not_beyond_baseline': "status_rule = 'target_not_beyond_baseline'",
            'ceiling_passed': "status_rule = 'ceiling_passed'",
            'target_met.ceiling': "status_rule = 'target_met' and metric_type = 'cumulative_at_most'",
            'target_met.bounds': "status_rule = 'target_met' and is_target_met and has_bounds",
            'target_met': "status_rule = 'target_met' and is_target_met",
            'target_met.reached_before': "status_rule = 'target_met'",
            'due_date_passed.bounds': "status_rule = 'due_date_passed' and has_bounds",
            'due_date_passed.milestone': "status_rule = 'due_date_passed' and metric_type = 'milestone'",
            'due_date_passed.held': "status_rule = 'due_date_passed' and is_to_be_held",
            'due_date_passed': "status_rule = 'due_date_passed'",
            'under_way.with_confidence': "metric_type = 'milestone' and confidence is not null",
            'under_way': "metric_type = 'milestone'",
            'pace.ceiling': "metric_type = 'cumulative_at_most'",
            'target_holds.bounds': 'has_bounds and is_target_met',
            'pace.bounds': 'has_bounds',
            'target_holds.held': 'is_to_be_held and is_target_met',
            'target_not_held': 'is_to_be_held',
            'target_holds': 'is_target_met',
            'pace': none,
        }, {
            'day': day_text('day'),
            'start': day_text('start_date'),
            'due': day_text('due_date'),
            'ended_on': day_text('ended_on'),
            'end_reason': word('end_reason', 'end_reason'),
            'score': percent('score'),
            'input': 'ended_input',
            'input_day': day_text('ended_input_day'),
            'input_days': as_text('ended_input_max_age_days'),
            'value_date': day_text('value_date'),
            'age': as_text('value_age_days'),
            'max_age': as_text(setting('max_value_age_days')),
            'progress': percent('progress_raw'),
            'expected': percent('expected_progress'),
            'met': as_text('periods_met'),
            'measured': as_text('periods_measured'),
            'confidence': percent('confidence'),
        }) }}
        -- what the odds add to it; rounded they are never certain
        || case
            when
                status not in ('on_track', 'at_risk', 'off_track')
                or probability_met is null then ''
            else {{ say_case('status', {
                'odds.against': "status_rule = 'odds_against'",
                'odds.in_favour': "status_rule = 'odds_in_favour'",
                'odds': none,
            }, {'odds': percent('least(greatest(probability_met, 0.01), 0.99)')}) }}
        end
        || case
            when
                is_inside_noise
                and status in ('on_track', 'at_risk', 'off_track', 'missed')
                then {{ say('status', 'inside_noise') }}
            else ''
        end
        || case
            when not is_target_met and first_met_date is not null
                then {{ say('status', 'met_and_lost', {
                    'first_met': day_text('first_met_date'),
                }) }}
            else ''
        end as status_reason

    from scored

),

final as (

    select
        key_result_id,
        day as period_end,
        cast(actual_value as numeric(38, 12)) as actual_value,
        value_date,
        cast(value_age_days as integer) as value_age_days,
        cast(baseline_value as numeric(38, 12)) as baseline_value,
        cast(target_value as numeric(38, 12)) as target_value,
        cast(original_target_value as numeric(38, 12))
            as original_target_value,
        cast(lower_bound as numeric(38, 12)) as lower_bound,
        cast(upper_bound as numeric(38, 12)) as upper_bound,
        cast(periods_measured as bigint) as periods_measured,
        cast(coalesce(periods_met, 0) as bigint) as periods_met,
        progress_raw,
        score,
        score_vs_original,
        elapsed_share,
        expected_progress,
        cast(pace_gap as numeric(38, 12)) as pace_gap,
        status,
        {{ status_level('status') }} as status_level,
        status_rule,
        status_reason,
        cast(confidence as numeric(38, 12)) as confidence,
        coalesce(is_target_met, false) as is_met,
        first_met_date,
        -- a ceiling below nothing is well
        coalesce(progress_raw < 0 and metric_type != 'cumulative_at_most', false)
            as is_regressed,
        is_restated,
        case when is_restated then cast(actual_value_now as numeric(38, 12)) end
            as restated_value,
        restated_score,
        is_latest

    from worded

)

select * from final
