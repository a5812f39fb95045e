{# The first rule that holds decides the status; the order is docs/okr-definitions.md's. #}
{% macro status_rule() -%}
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
        when is_target_met and (metric_type != 'cumulative_at_most' or day >= due_date)
            -- a sum that was once reached is achieved, whatever follows
            or (metric_type = 'cumulative' and first_met_date is not null)
            then 'target_met'
        when progress_raw is null and baseline_value is null
            then 'no_baseline'
        when progress_raw is null then 'target_not_beyond_baseline'
        when day >= due_date then 'due_date_passed'
        when pace_gap >= {{ setting('on_track_gap') }}
            then 'pace_on_track'
        when pace_gap >= {{ setting('at_risk_gap') }}
            then 'pace_at_risk'
        else 'pace_off_track'
    end
{%- endmacro %}
