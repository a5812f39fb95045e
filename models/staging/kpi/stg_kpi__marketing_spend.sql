{#- grain: row of marketing_spend -#}
{{ config(enabled=has_input('marketing_spend')) }}

with

source as (

    {{ read_input('marketing_spend') }}

),

typed as (

    select
        {{ attribute('channel') }} as channel,
        {{ attribute('campaign') }} as campaign,
        {{ currency('currency_code') }} as currency_code,
        {{ number('amount') }} as amount,
        {{ number('impressions', 0) }} as impressions,
        {{ number('clicks', 0) }} as clicks,
        {{ reporting_date('spend_date') }} as spend_date,
        amount as raw_amount,
        spend_date as raw_spend_date,
        source_name,
        raw_row

    from source

),

checked as (

    select
        typed.*,
        {{ rate_to_reporting('typed.currency_code') }} as exchange_rate,
        coalesce(daily_rates.is_carried_forward, false) as is_rate_carried,
        case
            {{ when_without_day('spend_date', 'typed.spend_date', 'typed.raw_spend_date') }}
            {{ when_not_a_number('amount', 'typed.amount', 'typed.raw_amount') }}
            {{ when_negative_amount('typed') }}
            {{ when_without_rate('typed.currency_code') }}
            {{ when_worth_too_much(
                'amount', 'typed.amount',
                rate_to_reporting('typed.currency_code'), 'typed.raw_amount',
            ) }}
        end as reject_reason

    from typed

    {{ join_rates('typed.currency_code', 'typed.spend_date') }}

),

final as (

    select
        channel,
        campaign,
        currency_code,
        amount,
        impressions,
        clicks,
        exchange_rate,
        is_rate_carried,
        spend_date,
        -- spend has no key: only what is the same in all is a copy
        {{ row_status(
            ['source_name', raw_row_as_json()], day='spend_date'
        ) }} as row_status,
        reject_reason,
        source_name,
        {{ rejected_row() }} as raw_row

    from checked

)

select * from final
