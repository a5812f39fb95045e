{{ config(enabled=okr_is_on()) }}

with

progress as (

    select * from {{ ref('int_okr__progress') }}

),

expected as (

    select * from {{ ref('int_okr__expected') }}

),

{% if policy('pace') == 'seasonal' -%}
seasons as (

    select * from {{ ref('int_okr__seasons') }}

),

{% endif -%}
with_pace as (

    select
        progress.*,
        expected.expected_value,
        {{ 'seasons.seasonal_share' if policy('pace') == 'seasonal'
            else 'cast(null as numeric(38, 12))' }} as seasonal_share,
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
    {% if policy('pace') == 'seasonal' %}
    left join seasons
        on progress.key_result_id = seasons.key_result_id
        and progress.day = seasons.day
    {% endif %}
),

with_expectation as (

    select
        *,
        case
            when metric_type in ('at_least', 'at_most', 'range')
                then cast(1 as numeric(38, 12))
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

with_rule as (

    select
        *,
        -- the first rule that holds decides; the order is okr-definitions'
        case
            when day >= ended_on then 'ended_early'
            when {{ as_of_date() }} < start_date then 'before_start'
            -- what is done stays done, however long ago it was said
            when metric_type = 'milestone' and is_target_met then 'target_met'
            when ended_input is not null then 'input_ended'
            when value_age_days > {{ setting('max_value_age_days') }}
                then 'value_too_old'
            when actual_value is null then 'no_value'
            when metric_type = 'cumulative_at_most' and not is_target_met
                then 'ceiling_passed'
            when
                is_target_met
                and (metric_type != 'cumulative_at_most' or day >= due_date)
                -- a sum that was once reached is achieved, whatever follows
                or (metric_type = 'cumulative' and first_met_date is not null)
                then 'target_met'
            when progress_raw is null and baseline_value is null
                then 'no_baseline'
            when progress_raw is null then 'target_not_beyond_baseline'
            when day >= due_date then 'due_date_passed'
            when pace_gap >= {{ setting('on_track_gap') }} then 'pace_on_track'
            when pace_gap >= {{ setting('at_risk_gap') }} then 'pace_at_risk'
            else 'pace_off_track'
        end as status_rule

    from with_gap

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
            when 'pace_on_track' then 'on_track'
            when 'pace_at_risk' then 'at_risk'
            when 'pace_off_track' then 'off_track'
            else 'no_data'
        end as status

    from with_rule

)

select * from final
