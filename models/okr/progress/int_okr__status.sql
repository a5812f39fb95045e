{{ config(enabled=okr_is_on()) }}

with

progress as (

    select * from {{ ref('int_okr__progress') }}

),

expected as (

    select * from {{ ref('int_okr__expected') }}

),

outlooks as (

    select * from {{ ref('int_okr__outlooks') }}

),

windows as (

    select * from {{ ref('int_okr__windows') }}

),

seasons as (

    select * from {{ optional_model('int_okr__seasons', policy('pace') == 'seasonal', columns={
        'key_result_id': dbt.type_string(),
        'day': 'date',
        'seasonal_share': 'numeric(38, 12)',
    }) }}

),

with_pace as (

    select
        progress.*,
        expected.expected_value,
        outlooks.probability_met,
        coalesce(
            progress.metric_type in ('increase', 'decrease')
            and not progress.is_to_be_held
            and abs(progress.target_value - progress.baseline_value)
            < windows.usual_change, false
        ) as is_inside_noise,
        seasons.seasonal_share,
        {{ elapsed_share(
            'progress.start_date', 'progress.due_date', 'progress.day'
        ) }} as elapsed_share,
        {{ dbt.datediff('progress.value_date', 'progress.day', 'day') }}
            as value_age_days,
        min(
            case
                -- that a ceiling holds so far isn't that it is met
                when
                    progress.is_target_met
                    and (
                        progress.metric_type != 'cumulative_at_most'
                        or progress.day >= progress.due_date
                    )
                    then progress.day
            end
        ) over (
            partition by progress.key_result_id
            order by progress.day
            rows between unbounded preceding and current row
        ) as first_met_date

    from progress

    left join expected
        on progress.key_result_id = expected.key_result_id
        and progress.day = expected.day

    left join outlooks
        on progress.key_result_id = outlooks.key_result_id
        and progress.day = outlooks.day

    left join windows on progress.key_result_id = windows.key_result_id

    left join seasons
        on progress.key_result_id = seasons.key_result_id
        and progress.day = seasons.day

),

with_expectation as (

    select
        *,
        case
            when
                metric_type in ('at_least', 'at_most', 'range')
                or is_to_be_held
                then cast(1 as numeric(38, 12))
            -- nobody does a tenth of a milestone
            when metric_type = 'milestone'
                then cast(
                    case when day >= due_date then 1 else 0 end
                    as numeric(38, 12)
                )
            when expected_value is not null
                then {{ ratio(
                    'expected_value - baseline_value',
                    'target_value - baseline_value',
                ) }}
            else coalesce(seasonal_share, elapsed_share)
        end as expected_progress

    from with_pace

),

with_gap as (

    select
        *,
        case
            when metric_type != 'cumulative_at_most'
                then progress_raw - expected_progress
            -- of a ceiling what is left of the sum expected by now
            when expected_progress > 0
                then {{ ratio(
                    'cast(target_value * cast(expected_progress as '
                    ~ type_double() ~ ') as numeric(38, 6)) - actual_value',
                    'cast(target_value * cast(expected_progress as '
                    ~ type_double() ~ ') as numeric(38, 6))',
                ) }}
            when progress_raw > 0 then -1
            when progress_raw <= 0 then 0
        end as pace_gap

    from with_expectation

),

-- the first rule that holds decides; the order is okr-definitions'
with_rule_of_pace as (

    select
        *,
        case
            when day >= ended_on then 'ended_early'
            when {{ as_of_date() }} < start_date then 'before_start'
            -- what is done stays done, however long ago it was said
            when metric_type = 'milestone' and is_target_met then 'target_met'
            when ended_input is not null then 'input_ended'
            when value_age_days > {{ setting('max_value_age_days') }}
                then 'value_too_old'
            -- what isn't done yet is judged by who does it, and by the due date alone
            when
                metric_type = 'milestone'
                and day < due_date
                and coalesce(actual_value, confidence) is not null
                then case
                    when confidence < {{ setting('odds_against') }}
                        then 'confidence_low'
                    when confidence < {{ setting('odds_in_favour') }}
                        then 'confidence_even'
                    else 'under_way'
                end
            when actual_value is null then 'no_value'
            when metric_type = 'cumulative_at_most' and not is_target_met
                then 'ceiling_passed'
            -- a sum that was once reached can't be lost
            when metric_type = 'cumulative' and first_met_date is not null
                then 'target_met'
            when progress_raw is null and baseline_value is null
                then 'no_baseline'
            when progress_raw is null then 'target_not_beyond_baseline'
            when day >= due_date and is_target_met then 'target_met'
            when day >= due_date then 'due_date_passed'
            when is_target_met and metric_type != 'cumulative_at_most'
                then 'target_holds'
            when is_to_be_held then 'target_not_held'
            when pace_gap >= {{ setting('on_track_gap') }} then 'pace_on_track'
            when pace_gap >= {{ setting('at_risk_gap') }} then 'pace_at_risk'
            else 'pace_off_track'
        end as rule_of_pace

    from with_gap

),

-- the odds have a say: no line is on track and unlikely, or off track and likely
with_rule as (

    select
        *,
        case
            when
                rule_of_pace in ('target_holds', 'pace_on_track')
                and probability_met < {{ setting('odds_against') }}
                then 'odds_against'
            when
                rule_of_pace in ('target_not_held', 'pace_off_track')
                and probability_met > {{ setting('odds_in_favour') }}
                then 'odds_in_favour'
            else rule_of_pace
        end as status_rule

    from with_rule_of_pace

),

final as (

    select
        *,
        case status_rule
            when 'ended_early' then 'closed'
            when 'before_start' then 'not_started'
            when 'input_ended' then 'unreliable'
            when 'value_too_old' then 'unreliable'
            when 'target_met' then 'achieved'
            when 'due_date_passed' then 'missed'
            when 'ceiling_passed' then 'missed'
            when 'target_holds' then 'on_track'
            when 'pace_on_track' then 'on_track'
            when 'under_way' then 'on_track'
            when 'pace_at_risk' then 'at_risk'
            when 'confidence_even' then 'at_risk'
            when 'odds_against' then 'at_risk'
            when 'odds_in_favour' then 'at_risk'
            when 'pace_off_track' then 'off_track'
            when 'target_not_held' then 'off_track'
            when 'confidence_low' then 'off_track'
            else 'no_data'
        end as status

    from with_rule

)

select * from final
