{{ config(enabled='shopify' in named_sources()) }}

with

orders as (

    {{ raw_table('shopify', 'order', {
        'id': 'text', 'customer_id': 'text', 'processed_at': 'time', 'created_at': 'time', 'currency': 'text',
        'financial_status': 'text', 'cancelled_at': 'time', 'taxes_included': 'boolean', 'test': 'boolean',
        'confirmed': 'boolean', 'shipping_address_country_code': 'text', 'billing_address_country_code': 'text',
    }, is_deleted_left_out=true) }}

),

final as (

    select
        id as order_id,
        customer_id,
        {{ source_setting('shopify', 'order_date') }} as ordered_at,
        currency as currency_code,
        financial_status,
        cancelled_at is not null as is_cancelled,
        coalesce(taxes_included, false) as is_tax_included,
        coalesce(shipping_address_country_code, billing_address_country_code) as country

    from orders

    where
        not coalesce(test, false)
        and coalesce(confirmed, true)

)

select * from final
