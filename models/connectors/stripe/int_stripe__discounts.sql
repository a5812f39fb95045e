{{ config(enabled=feeds('stripe', 'subscriptions')) }}
{#- Airbyte and dlt have the coupon in the discount, which stays there when the coupon is deleted -#}
{%- set columns = {
    'customer_id': 'text', 'subscription_id': 'text', 'coupon_id': 'text', 'start as starts_at': 'time',
    'end as ends_at': 'time', 'percent_off': 'number', 'amount_off': 'number', 'currency': 'text', 'duration': 'text',
} -%}
{%- set of_what = dict(columns, invoice_id='text', invoice_item_id='text', checkout_session_id='text') %}

with

subscription_discounts as (

    {{ raw_table('stripe', 'subscription_discount', columns) }}

),

discounts as (

    {{ raw_table('stripe', 'discount', of_what) }}

    union all

    {{ raw_table('stripe', 'customer_discount', of_what) }}

),

-- an account has one of the two tables, or the same in both
other_discounts as (

    select distinct * from discounts

),

coupons as (

    {{ raw_table('stripe', 'coupon', {
        'id': 'text', 'percent_off': 'number', 'amount_off': 'number', 'currency': 'text', 'duration': 'text',
    }) }}

),

subscriptions as (

    select
        subscription_id,
        stripe_customer_id

    from {{ ref('int_stripe__states') }}

    where state_number = 1

),

all_discounts as (

    select
        subscription_id,
        coupon_id,
        starts_at,
        ends_at,
        percent_off,
        amount_off,
        currency,
        duration,
        false as is_of_customer

    from subscription_discounts

    union all

    -- a coupon of a customer is taken off each invoice, so off each of the subscriptions
    select
        subscriptions.subscription_id,
        other_discounts.coupon_id,
        other_discounts.starts_at,
        other_discounts.ends_at,
        other_discounts.percent_off,
        other_discounts.amount_off,
        other_discounts.currency,
        other_discounts.duration,
        true as is_of_customer

    from other_discounts

    inner join subscriptions
        on other_discounts.customer_id = subscriptions.stripe_customer_id

    where
        other_discounts.subscription_id is null
        and other_discounts.invoice_id is null
        and other_discounts.invoice_item_id is null
        and other_discounts.checkout_session_id is null

),

named as (

    select
        all_discounts.subscription_id,
        all_discounts.starts_at,
        all_discounts.ends_at,
        all_discounts.is_of_customer,
        coalesce(coupons.percent_off, all_discounts.percent_off) as percent_off,
        coalesce(coupons.amount_off, all_discounts.amount_off) as amount_off,
        coalesce(coupons.currency, all_discounts.currency) as currency,
        coalesce(coupons.duration, all_discounts.duration, 'forever') as duration

    from all_discounts

    left join coupons
        on all_discounts.coupon_id = coupons.id

),

final as (

    select
        subscription_id,
        starts_at,
        ends_at,
        is_of_customer,
        upper(currency) as currency_code,
        cast(coalesce(percent_off, 0) as {{ type_double() }}) / 100 as share_off,
        coalesce({{ from_minor_units('amount_off', 'currency') }}, 0) as amount_off

    from named

    -- a coupon for one invoice changes nothing that recurs
    where
        duration != 'once'
        and coalesce(percent_off, amount_off) is not null
        and {{ source_setting('stripe', 'discounts') == 'net' }}

)

select * from final
