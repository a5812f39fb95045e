{{ config(enabled=feeds('shopify', 'customers')) }}
{%- set text_type = dbt.type_string() %}

with

customers as (

    -- deleted ones too: what they have bought still counts
    {{ raw_table('shopify', 'customer', {'id': 'text', 'created_at': 'time'}) }}

),

orders as (

    select * from {{ ref('int_shopify__orders') }}

),

numbered_orders as (

    select
        customer_id,
        country,
        row_number() over (partition by customer_id order by ordered_at, order_id) as order_number

    from orders

    where country is not null

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'shopify'

),

final as (

    select
        customers.id as customer_id,
        customers.created_at,
        numbered_orders.country,
        cast(null as {{ text_type }}) as segment,
        cast(null as {{ text_type }}) as acquisition_channel

    from customers

    left join numbered_orders
        on customers.id = numbered_orders.customer_id
        and numbered_orders.order_number = 1

    left join links
        on customers.id = links.source_customer_id

    -- who is another customer too is that one
    where coalesce(links.customer_id, customers.id) = customers.id

)

select * from final
