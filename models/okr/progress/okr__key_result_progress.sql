{#- grain: key result x end of a complete period, and the last day (as-of date, or due date once past) -#}
{{ config(enabled=okr_is_on()) }}

with

status as (

    select * from {{ ref('int_okr__frozen_status') }}

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
        {{ score('progress_raw') }} as score,
        {{ score('progress_vs_original') }} as score_vs_original,
        elapsed_share,
        expected_progress,
        cast(pace_gap as numeric(38, 12)) as pace_gap,
        status,
        {{ status_level('status') }} as status_level,
        status_rule,
        {{ status_reason() }} as status_reason,
        cast(confidence as numeric(38, 12)) as confidence,
        coalesce(is_target_met, false) as is_met,
        first_met_date,
        -- a ceiling below nothing is well
        coalesce(progress_raw < 0 and metric_type != 'cumulative_at_most', false)
            as is_regressed,
        is_restated,
        case when is_restated then cast(actual_value_now as numeric(38, 12)) end
            as restated_value,
        case when is_restated then {{ score('progress_now') }} end
            as restated_score,
        is_latest

    from status

)

select * from final
