{{ config(enabled=has_input('exchange_rates')) }}

with

source as (

    {{ read_input('exchange_rates') }}

),

typed as (

    select
        currency_code,
        {{ number('rate', 12) }} as rate,
        {{ try_cast('rate_date', 'date') }} as rate_date,
        rate as raw_rate,
        rate_date as raw_rate_date,
        source_name,
        raw_row

    from source

),

checked as (

    select
        *,
        case
            when currency_code is null then {{ because('no_key', words={'column': 'currency_code'}) }}
            when not {{ has_pattern('currency_code', '^[A-Z]{3}$') }}
                then {{ because('not_a_currency', 'currency_code') }}
            {# the rate of a first day may be of the day before it -#}
            {{ when_without_day('rate_date', 'rate_date', 'raw_rate_date', with_first_day=false) }}
            {{ when_not_a_number('rate', 'rate', 'raw_rate') }}
            when rate >= 1000000000
                then {{ because('rate_too_large', 'raw_rate') }}
            when rate <= 0 then {{ because('rate_not_above_0', 'raw_rate') }}
        end as reject_reason

    from typed

),

with_status as (

    {{ with_row_status(['currency_code', 'rate_date'], day='rate_date') }}

),

final as (

    select
        currency_code,
        rate,
        rate_date,
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row

    from with_status

)

select * from final
