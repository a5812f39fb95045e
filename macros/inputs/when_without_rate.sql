{# The reasons for a row without a currency, or a rate of it to the reporting currency; case branches. #}
{% macro when_without_rate(currency) -%}
    {%- set reporting = setting('reporting_currency') -%}
    when {{ currency }} is null then 'no currency_code'
    when daily_rates.rate is null and {{ currency }} != '{{ reporting }}'
        and not {{ has_pattern(currency, '^[A-Z]{3}$') }}
        then {{ because('currency_code is not three letters', currency) }}
    when daily_rates.rate is null and known_currencies.currency_code is null
        and {{ currency }} != '{{ reporting }}'
        then {{ because('unknown currency_code: exchange_rates has no row of it', currency) }}
    when daily_rates.rate is null and {{ currency }} != '{{ reporting }}'
        then {{ because('no exchange rate on or before its day', currency) }}
{%- endmacro %}
