{# What a key result wants, in words with the numbers. #}
{% macro aim_text() -%}
    key_result_id || ' wants ' || kpi_id || {{ segment_text('dimension', 'dimension_value') }} || ' ' || case metric_type
            when 'at_least' then 'at ' || {{ number_text('lower_bound', 'unit') }} || ' or more'
            when 'at_most' then 'at ' || {{ number_text('upper_bound', 'unit') }} || ' or less'
            when 'range' then 'from ' || {{ number_text('lower_bound', 'unit') }} || ' to ' || {{ number_text('upper_bound', 'unit') }}
            when 'cumulative_at_most' then 'to add up to at most ' || {{ number_text('target_value', 'unit') }}
                || ' (' || {{ number_text('aimed_value', 'unit') }} || ' a ' || period_grain || ')'
            when 'cumulative' then 'to add up to ' || {{ number_text('target_value', 'unit') }}
                || ' (' || {{ number_text('aimed_value', 'unit') }} || ' a ' || period_grain || ')'
            when 'average' then 'at ' || {{ number_text('target_value', 'unit') }} || ' on average'
            when 'milestone' then 'for a milestone'
            else case when direction = 1 then 'up to ' else 'down to ' end || {{ number_text('target_value', 'unit') }}
        end || ' by ' || {{ day_text('due_date') }}
{%- endmacro %}
