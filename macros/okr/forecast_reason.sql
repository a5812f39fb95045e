{# A forecast in words: the method, and how many past cases its interval rests on. #}
{% macro forecast_reason() -%}
    case
            when metric_type = 'milestone' then 'No forecast: a milestone is reported.'
            when forecast_value is null and method = 'run_rate' then 'No forecast: nothing is measured yet.'
            when forecast_value is null then 'No forecast: the trend needs three complete periods.'
            when spread = 0 then 'The last period before the due date is complete.'
            else case method
                when 'run_rate' then 'At the rate so far'
                else 'Along the trend of the last six periods'
            end || case
                when spread is not null then '; the interval is from ' || {{ dbt.safe_cast('cases', dbt.type_string()) }} || ' past cases.'
                else '; no interval: ' || {{ dbt.safe_cast('cases', dbt.type_string()) }} || ' past cases, and 6 are needed.'
            end
        end
{%- endmacro %}
