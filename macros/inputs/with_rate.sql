{# The rows of a CTE with the rate from their currency_code to the reporting currency on a day, null where there is none; whether it is that of an earlier day
   (is_rate_carried); and the reason to reject a row without a currency or such a rate (rate_problem). #}
{% macro with_rate(rows, day, rate='exchange_rate') -%}
    select
        {{ rows }}.*,
        case
            when {{ rows }}.currency_code = '{{ setting("reporting_currency") }}' then 1
            else daily_rates.rate
        end as {{ rate }},
        coalesce(daily_rates.is_carried_forward, false) as is_rate_carried,
        case
            when {{ rows }}.currency_code is null then {{ because('no_key', words={'column': 'currency_code'}) }}
            when {{ rows }}.currency_code = '{{ setting("reporting_currency") }}' or daily_rates.rate is not null then null
            when not {{ has_pattern(rows ~ '.currency_code', '^[A-Z]{3}$') }}
                then {{ because('not_a_currency', rows ~ '.currency_code') }}
            -- it has no rate on any day
            when currencies.currency_code is null
                then {{ because('unknown_currency', rows ~ '.currency_code') }}
            else {{ because('no_rate', rows ~ '.currency_code') }}
        end as rate_problem

    from {{ rows }}

    left join (select * from {{ ref('int_kpi__daily_rates') }}) as daily_rates
        on {{ rows }}.currency_code = daily_rates.currency_code
        and {{ rows }}.{{ day }} = daily_rates.rate_date

    left join (select * from {{ ref('int_kpi__currencies') }}) as currencies
        on {{ rows }}.currency_code = currencies.currency_code
{%- endmacro %}
