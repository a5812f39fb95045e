{{ config(enabled=has_input('marketing_spend')) }}

with

source as (

    {{ read_input('marketing_spend') }}

),

typed as (

    select
        {{ attribute('channel') }} as channel,
        {{ attribute('campaign') }} as campaign,
        currency_code,
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

with_rate as (

    {{ with_rate('typed', day='spend_date') }}

),

checked as (

    select
        with_rate.*,
        case
            {{ when_without_day('spend_date', 'with_rate.spend_date', 'with_rate.raw_spend_date') }}
            {{ when_not_a_number('amount', 'with_rate.amount', 'with_rate.raw_amount') }}
            {{ when_negative_amount('with_rate') }}
            when with_rate.rate_problem is not null then with_rate.rate_problem
            {{ when_worth_too_much(
                'amount', 'with_rate.amount',
                'with_rate.exchange_rate', 'with_rate.raw_amount',
            ) }}
        end as reject_reason

    from with_rate

),

with_status as (

    {{ with_row_status(['source_name', raw_row_as_json()], day='spend_date') }}

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
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row

    from with_status

)

select * from final
