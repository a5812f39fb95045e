{# The rows of a CTE with the rate from their currency_code to the reporting currency on a day, null where there is none; whether it is that of an earlier day
   (is_rate_carried), and whether the currency has a rate on any day (is_currency_known). #}
{% macro with_rate(rows, day, rate='exchange_rate') -%}
    select
        {{ rows }}.*,
        case
            when {{ rows }}.currency_code = '{{ setting("reporting_currency") }}' then 1
            else daily_rates.rate
        end as {{ rate }},
        coalesce(daily_rates.is_carried_forward, false) as is_rate_carried,
        currencies.currency_code is not null as is_currency_known

    from {{ rows }}

    left join (select * from {{ ref('int_kpi__daily_rates') }}) as daily_rates
        on {{ rows }}.currency_code = daily_rates.currency_code
        and {{ rows }}.{{ day }} = daily_rates.rate_date

    left join (select * from {{ ref('int_kpi__currencies') }}) as currencies
        on {{ rows }}.currency_code = currencies.currency_code
{%- endmacro %}
