{#- grain: row of exchange_rates -#}
{{ config(enabled=has_input('exchange_rates')) }}

with

source as (

    {{ read_input('exchange_rates') }}

),

typed as (

    select
        upper({{ text('currency_code') }}) as currency_code,
        {{ try_cast(text('rate'), 'numeric(28, 12)') }} as rate,
        {{ try_cast(text('rate_date'), 'date') }} as rate_date,
        source_name,
        raw_row

    from source

),

checked as (

    select
        *,
        case
            when currency_code is null then 'no currency_code'
            when rate_date is null then 'rate_date is missing or not a date'
            when rate is null then 'rate is missing or not a number'
            when rate <= 0 then 'rate is not above 0'
        end as reject_reason

    from typed

),

final as (

    select
        currency_code,
        rate,
        rate_date,
        {{ row_status(['currency_code', 'rate_date'], day='rate_date') }} as row_status,
        reject_reason,
        source_name,
        {{ rejected_row() }} as raw_row

    from checked

)

select * from final
