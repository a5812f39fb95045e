{{ config(enabled=has_input('subscriptions')) }}
{%- set without_decimals = literals(currencies_without_decimals()) %}

with

prices as (

    select
        plan,
        currency_code,
        currency_code in ({{ without_decimals }}) as is_without_decimals,
        cast(amount as {{ type_double() }}) * exchange_rate as price,
        {{ to_reporting_currency('amount * quantity', 'exchange_rate') }}
            as worth

    from {{ ref('stg_kpi__subscriptions') }}

    where
        row_status = 'accepted'
        and amount > 0

),

other_prices as (

    select
        plan,
        min(price) as lowest_price

    from prices

    where not is_without_decimals

    group by 1

),

lowest_price_of_all as (

    select min(lowest_price) as lowest_price from other_prices

),

-- a hundredth of what the plan costs elsewhere, or below all that others pay
small_prices as (

    select
        prices.currency_code,
        count(*) as number_of_rows,
        sum(prices.worth) as amount

    from prices

    left join other_prices on prices.plan = other_prices.plan

    where prices.is_without_decimals

    group by prices.currency_code

    having
        max(prices.price * 20) < max(other_prices.lowest_price)
        or max(prices.price * 5) < (
            select lowest_price_of_all.lowest_price from lowest_price_of_all
        )

),

final as (

    select
        {{ finding(
            'decimals_of_currency.small_prices',
            say('objects', 'input.currency', {'input': "'subscriptions'", 'currency': 'currency_code'}),
            {'currency': 'currency_code'}, topic='input_findings',
        ) }},
        'subscriptions' as input,
        number_of_rows,
        amount

    from small_prices

)

select * from final
