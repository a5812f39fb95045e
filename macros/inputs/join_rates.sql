{# The joins that when_without_rate and rate_to_reporting read. #}
{% macro join_rates(currency, day) -%}
    left join (select * from {{ ref('int_kpi__daily_rates') }}) as daily_rates
        on {{ currency }} = daily_rates.currency_code
        and {{ day }} = daily_rates.rate_date

    left join (select * from {{ ref('int_kpi__currencies') }}) as known_currencies
        on {{ currency }} = known_currencies.currency_code
{%- endmacro %}
