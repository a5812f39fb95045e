{# What the KPI itself must come to in a period for the target to be met. #}
{% macro needed_value() -%}
    case
        when metric_type = 'at_most' then upper_bound
        when metric_type = 'range' and upper_bound < lowest_value then upper_bound
        when metric_type in ('at_least', 'range') then lower_bound
        when metric_type in ('cumulative', 'cumulative_at_most')
            then (target_value - baseline_value) / {{ periods_ending('start_date', 'due_date') }}
        else target_value
    end
{%- endmacro %}
