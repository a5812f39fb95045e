{{ config(enabled='shopify' in named_sources()) }}

with

orders as (

    {{ raw_table('shopify', 'order', {
        'id': 'text', 'customer_id': 'text', 'processed_at': 'time', 'created_at': 'time', 'currency': 'text',
        'financial_status': 'text', 'cancelled_at': 'time', 'taxes_included': 'boolean', 'test': 'boolean',
        'confirmed': 'boolean', 'shipping_address_country_code': 'text', 'billing_address_country_code': 'text',
    }, is_deleted_left_out=true) }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'shopify'

),

final as (

    select
        orders.id as order_id,
        coalesce(links.customer_id, orders.customer_id) as customer_id,
        orders.{{ source_setting('shopify', 'order_date') }} as ordered_at,
        orders.currency as currency_code,
        -- in capitals in the GraphQL schema
        lower(orders.financial_status) as financial_status,
        orders.cancelled_at is not null as is_cancelled,
        coalesce(orders.taxes_included, false) as is_tax_included,
        coalesce(orders.shipping_address_country_code, orders.billing_address_country_code) as country

    from orders

    left join links
        on orders.customer_id = links.source_customer_id

    where
        not coalesce(orders.test, false)
        and coalesce(orders.confirmed, true)

)

select * from final
