{{ config(enabled=has_input('orders', 'order_lines')) }}

with

order_lines as (

    select * from {{ ref('stg_kpi__order_lines') }}

    where row_status = 'accepted'

),

orders as (

    select * from {{ ref('stg_kpi__orders') }}

    where row_status = 'accepted'

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

joined as (

    select
        order_lines.order_line_id,
        order_lines.order_id,
        orders.customer_id,
        {{ columns_from(attributes_of('order_lines'), 'order_lines') }}
        {{ columns_from(attributes_of('orders'), 'orders') }}
        orders.currency_code,
        {{ customer_attributes(source='orders.source_name') }},
        {{ to_millionths('order_lines.quantity * order_lines.unit_price') }}
        - order_lines.discount_amount as amount,
        {{ to_millionths('order_lines.quantity * order_lines.unit_cost') }}
            as cost_amount,
        orders.exchange_rate,
        orders.is_cancelled,
        orders.ordered_date,
        orders.ordered_moment

    from order_lines

    inner join orders on order_lines.order_id = orders.order_id

    left join customers on orders.customer_id = customers.customer_id

),

final as (

    select
        order_line_id,
        order_id,
        customer_id,
        {{ columns_from(attributes_of('order_lines')) }}
        {{ columns_from(attributes_of('orders')) }}
        {{ columns_from(attributes_and_source('customers')) }}
        currency_code,
        cast(amount as numeric(28, 6)) as amount,
        {{ to_reporting_currency('amount', 'exchange_rate') }} as revenue,
        {{ to_reporting_currency('cost_amount', 'exchange_rate') }} as cost,
        is_cancelled,
        ordered_date,
        ordered_moment

    from joined

)

select * from final
