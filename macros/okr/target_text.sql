{# What a key result must come to, in the unit of its KPI; its type is of one relation, its numbers are of the other. #}
{% macro target_text(key_results, progress, unit) -%}
    {%- set low = number_text(progress ~ '.lower_bound', unit) -%}
    {%- set high = number_text(progress ~ '.upper_bound', unit) -%}
    case {{ key_results }}.metric_type
            when 'milestone' then 'done'
            when 'at_least' then 'at least ' || {{ low }}
            when 'at_most' then 'at most ' || {{ high }}
            when 'cumulative_at_most' then 'at most ' || {{ number_text(progress ~ '.target_value', unit) }} || ' in all'
            when 'range' then {{ low }} || ' to ' || {{ high }}
            else {{ number_text(progress ~ '.target_value', unit) }}
        end
{%- endmacro %}
