{{ config(enabled=feeds('chargebee', 'subscriptions')) }}

with

given_coupons as (

    {{ raw_table('chargebee', 'subscription_coupon', {
        'subscription_id': 'text', 'coupon_id': 'text', 'apply_till': 'as_it_is',
    }, is_deleted_left_out=true, is_state=true) }}

),

coupons as (

    {{ raw_table('chargebee', 'coupon', {
        'id': 'text', 'discount_percentage': 'number', 'discount_amount': 'number', 'currency_code': 'text', 'duration_type': 'text',
        'apply_on': 'text',
    }, is_state=true) }}

),

given_discounts as (

    {{ raw_table('chargebee', 'subscription_discount', {
        'subscription_id': 'text', 'percentage': 'number', 'amount': 'number', 'currency_code': 'text', 'duration_type': 'text', 'apply_on': 'text',
        'created_at': 'as_it_is', 'apply_till': 'as_it_is',
    }, is_deleted_left_out=true, is_state=true) }}

),

discounts as (

    select
        given_coupons.subscription_id,
        -- nothing says when a coupon was given: it counts from the first day
        cast(null as {{ dbt.type_timestamp() }}) as starts_at,
        {{ time_or_epoch('given_coupons.apply_till') }} as ends_at,
        coupons.discount_percentage as percentage,
        coupons.discount_amount as amount,
        coupons.currency_code,
        coupons.duration_type,
        coupons.apply_on

    from given_coupons

    inner join coupons
        on given_coupons.coupon_id = coupons.id

    union all

    select
        subscription_id,
        {{ time_or_epoch('created_at') }} as starts_at,
        {{ time_or_epoch('apply_till') }} as ends_at,
        percentage,
        amount,
        currency_code,
        duration_type,
        apply_on

    from given_discounts

),

final as (

    select
        subscription_id,
        starts_at,
        ends_at,
        upper(currency_code) as currency_code,
        cast(coalesce(percentage, 0) as {{ type_double() }}) / 100 as share_off,
        coalesce({{ from_minor_units('amount', 'currency_code') }}, 0) as amount_off

    from discounts

    -- one for a single invoice changes nothing that recurs
    where
        coalesce(duration_type, 'forever') != 'one_time'
        and coalesce(apply_on, 'invoice_amount') = 'invoice_amount'
        and {{ source_setting('chargebee', 'discounts') == 'net' }}

)

select * from final
