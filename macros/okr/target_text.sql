{# What a key result must come to, in the unit of its KPI. #}
{% macro target_text(metric_type, target_value, lower_bound, upper_bound, unit) -%}
    case {{ metric_type }}
            when 'milestone' then 'done'
            when 'at_least' then 'at least ' || {{ number_text(lower_bound, unit) }}
            when 'at_most' then 'at most ' || {{ number_text(upper_bound, unit) }}
            when 'range' then {{ number_text(lower_bound, unit) }} || ' to ' || {{ number_text(upper_bound, unit) }}
            else {{ number_text(target_value, unit) }}
        end
{%- endmacro %}
