{# The reasons for a row without a rate to the reporting currency; a case branch. #}
{% macro when_without_rate(currency) -%}
    when {{ currency }} is null then 'no currency_code'
    when daily_rates.rate is null and known_currencies.currency_code is null
        and {{ currency }} != '{{ setting("reporting_currency") }}'
        then 'unknown currency_code: exchange_rates has no row of it'
    when daily_rates.rate is null and {{ currency }} != '{{ setting("reporting_currency") }}'
        then 'no exchange rate on or before its day'
{%- endmacro %}
