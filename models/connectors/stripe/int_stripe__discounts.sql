{{ config(enabled=feeds('stripe', 'subscriptions')) }}

with

discounts as (

    {{ raw_table('stripe', 'subscription_discount', {
        'subscription_id': 'text', 'coupon_id': 'text', 'start as starts_at': 'time', 'end as ends_at': 'time',
    }) }}

),

coupons as (

    {{ raw_table('stripe', 'coupon', {
        'id': 'text', 'percent_off': 'number', 'amount_off': 'number', 'currency': 'text', 'duration': 'text',
    }) }}

),

final as (

    select
        discounts.subscription_id,
        discounts.starts_at,
        discounts.ends_at,
        upper(coupons.currency) as currency_code,
        cast(coalesce(coupons.percent_off, 0) as {{ type_double() }}) / 100 as share_off,
        coalesce({{ from_minor_units('coupons.amount_off', 'coupons.currency') }}, 0) as amount_off

    from discounts

    inner join coupons
        on discounts.coupon_id = coupons.id

    -- a coupon for one invoice changes nothing that recurs
    where
        coalesce(coupons.duration, 'forever') != 'once'
        and {{ source_setting('stripe', 'discounts') == 'net' }}

)

select * from final
