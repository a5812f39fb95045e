{{ config(enabled=input_mapping() != {}) }}
with

rates as (

    select *

    from {{ optional_input('exchange_rates', {
        'currency_code': dbt.type_string(), 'rate_date': 'date',
    }) }}

    where row_status = 'accepted'

),

final as (

    select
        currency_code,
        min(rate_date) as first_rate_date

    from rates

    group by 1

)

select * from final
