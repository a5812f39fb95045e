{# The status in words. #}
{% macro status_reason() -%}
    coalesce({{ reason_without_pace() }}, {{ reason_of_pace() }}) || case
        when not is_target_met and first_met_date is not null
            then ' It was met on ' || {{ day_text('first_met_date') }} || ' and lost again.'
        else ''
    end
{%- endmacro %}

{# Why a status doesn't hang on how far it has come; null where it does. #}
{% macro reason_without_pace() -%}
    {%- set ended = {'day': day_text('ended_on'), 'reason': word('end_reason', 'end_reason'), 'score': percent(score('progress_raw'))} -%}
    case status_rule
        when 'ended_early' then case
            when progress_raw is null then {{ say('status', 'ended_early', ended) }}
            else {{ say('status', 'ended_early.with_score', ended) }}
        end
        when 'before_start'
            then 'Starts on ' || {{ day_text('start_date') }} || '.'
        when 'input_ended' then coalesce(
            'The last row of ' || ended_input || ' is of ' || {{ day_text('ended_input_day') }} || '; more than '
                || {{ dbt.safe_cast('ended_input_max_age_days', dbt.type_string()) }} || ' days without one are unreliable.',
            'One of its inputs had ended.'
        )
        when 'value_too_old'
            then 'The last value is of ' || {{ day_text('value_date') }} || ', '
                || {{ dbt.safe_cast('value_age_days', dbt.type_string()) }}
                || ' days old; more than {{ setting("max_value_age_days") }} is unreliable.'
        when 'no_value' then case
            when metric_type = 'milestone' then 'No check-in has reported a value yet.'
            else 'Its KPI has no value yet in a complete period since ' || {{ day_text('start_date') }} || '.'
        end
        when 'no_baseline' then 'Its KPI has no value before ' || {{ day_text('start_date') }}
            || ' to start from: seed a baseline_value.'
        when 'target_not_beyond_baseline'
            then 'The target is not beyond the baseline, so progress has no meaning: use at_least, at_most or range.'
    end
{%- endmacro %}

{# How far it has come, in words. #}
{% macro reason_of_pace() -%}
    case status_rule
        when 'ceiling_passed' then 'The sum has passed its ceiling: ' || {{ percent('progress_raw') }} || ' of it used.'
        when 'target_met' then case
            when metric_type = 'cumulative_at_most' then 'The sum has stayed within its ceiling: ' || {{ percent('progress_raw') }} || ' of it used.'
            when is_target_met and metric_type in ('at_least', 'at_most', 'range')
                then 'Inside its bounds in all ' || {{ dbt.safe_cast('periods_measured', dbt.type_string()) }} || ' periods measured.'
            when is_target_met then 'Target met on ' || {{ day_text('value_date') }} || '.'
            else 'The sum has reached its target.'
        end
        when 'due_date_passed' then 'Due on ' || {{ day_text('due_date') }} || case
            when metric_type in ('at_least', 'at_most', 'range')
                then ': inside its bounds in ' || {{ dbt.safe_cast('periods_met', dbt.type_string()) }}
                    || ' of ' || {{ dbt.safe_cast('periods_measured', dbt.type_string()) }} || ' periods measured.'
            else ' with ' || {{ percent('progress_raw') }} || ' of the way made.'
        end
        else case
            when metric_type in ('at_least', 'at_most', 'range')
                then 'Inside its bounds in ' || {{ dbt.safe_cast('periods_met', dbt.type_string()) }}
                    || ' of ' || {{ dbt.safe_cast('periods_measured', dbt.type_string()) }} || ' periods measured.'
            when metric_type = 'cumulative_at_most' then 'Used ' || {{ percent('progress_raw') }} || ' of its ceiling against '
                || {{ percent('expected_progress') }} || ' expected by ' || {{ day_text('day') }} || '.'
            else 'Progress ' || {{ percent('progress_raw') }} || ' against '
                || {{ percent('expected_progress') }} || ' expected by ' || {{ day_text('day') }} || '.'
        end
    end
{%- endmacro %}

{# A date as ISO text. #}
{% macro day_text(date) -%}
    {{ dbt.safe_cast(date, dbt.type_string()) }}
{%- endmacro %}
