{# The rate from a currency to the reporting one, after join_rates; null where there is none. #}
{% macro rate_to_reporting(currency) -%}
    case
        when {{ currency }} = '{{ setting("reporting_currency") }}' then 1
        else daily_rates.rate
    end
{%- endmacro %}
