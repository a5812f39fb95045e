{{ config(enabled=input_mapping() != {}) }}
with

rates as (

    select *

    from {{ optional_input('exchange_rates', {
        'currency_code': dbt.type_string(),
        'rate_date': 'date',
        'rate': 'numeric(28, 12)',
    }) }}

    where row_status = 'accepted'

),

days as (

    select * from {{ ref('int_kpi__days') }}

),

rate_spans as (

    select
        currency_code,
        rate,
        rate_date,
        lead(rate_date) over (
            partition by currency_code
            order by rate_date
        ) as next_rate_date

    from rates

),

final as (

    select
        rate_spans.currency_code,
        days.calendar_date as rate_date,
        rate_spans.rate,
        days.calendar_date > rate_spans.rate_date as is_carried_forward

    from rate_spans

    inner join days
        on rate_spans.rate_date <= days.calendar_date
        and coalesce(
            rate_spans.next_rate_date > days.calendar_date, true
        )

)

select * from final
