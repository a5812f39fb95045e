{# What a guardrail says, in words. #}
{% macro guardrail_reason() -%}
    {%- set periods = dbt.safe_cast('summed.periods_breached', dbt.type_string()) ~ " || ' of ' || "
        ~ dbt.safe_cast('summed.periods_measured', dbt.type_string()) ~ " || ' periods measured'" -%}
    case
            when summed.day < summed.start_date
                then 'Its key result starts on ' || {{ day_text('summed.start_date') }} || '.'
            when summed.value is null
                then 'No value yet in a complete ' || summed.period_grain
                    || ' since ' || {{ day_text('summed.start_date') }} || '.'
            else
                {{ number_text('summed.value', 'kpis.unit') }} || ' on ' || {{ day_text('summed.value_date') }} || case
                    when summed.value < summed.lower_bound
                        then ' is below its lower bound ' || {{ number_text('summed.lower_bound', 'kpis.unit') }}
                    when summed.is_breached
                        then ' is above its upper bound ' || {{ number_text('summed.upper_bound', 'kpis.unit') }}
                    else ' is inside its bounds (' || coalesce({{ number_text('summed.lower_bound', 'kpis.unit') }}, 'any')
                        || ' to ' || coalesce({{ number_text('summed.upper_bound', 'kpis.unit') }}, 'any') || ')'
                end || case
                    when summed.periods_breached > 0
                        then '; outside in ' || {{ periods }} || ', first on '
                            || {{ day_text('summed.first_breached_date') }} || '.'
                    else '; outside in none of ' || {{ dbt.safe_cast('summed.periods_measured', dbt.type_string()) }}
                        || ' periods measured.'
                end
        end
{%- endmacro %}
