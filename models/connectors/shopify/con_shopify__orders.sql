{{ config(enabled=feeds('shopify', 'orders')) }}

with

orders as (

    select * from {{ ref('int_shopify__orders') }}

),

refunded_orders as (

    select distinct order_id from {{ ref('int_shopify__refunds') }}

),

final as (

    select
        orders.order_id,
        orders.customer_id,
        orders.ordered_at,
        -- what was cancelled and paid back is a sale and its refund, not nothing and its refund
        case
            when orders.is_cancelled and refunded_orders.order_id is null then 'cancelled'
            else orders.financial_status
        end as status,
        orders.currency_code

    from orders

    left join refunded_orders
        on orders.order_id = refunded_orders.order_id

)

select * from final
