{# Progress of a key result, not clamped: share of the way from baseline to target, or of periods met; null where the target isn't beyond the baseline. #}
{% macro progress(baseline, target, periods_met) -%}
    case
        when metric_type in ('at_least', 'at_most', 'range')
            then {{ ratio(periods_met, 'periods_measured') }}
        when metric_type = 'increase' and {{ target }} < {{ baseline }}
            or metric_type = 'decrease' and {{ target }} > {{ baseline }}
            then null
        else {{ ratio('actual_value - ' ~ baseline, target ~ ' - ' ~ baseline) }}
    end
{%- endmacro %}
