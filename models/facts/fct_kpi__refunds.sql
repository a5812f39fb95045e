{#- grain: accepted refund; product_category is that of the order where it has one only -#}
{{ config(enabled=has_input('orders', 'order_lines', 'refunds')) }}

with

refunds as (

    select * from {{ ref('stg_kpi__refunds') }}

    where row_status = 'accepted'

),

orders as (

    select
        order_id,
        customer_id,
        {{ columns_from(attributes_of('orders')) }}
        {{ 'source_name,' if source_is_on() }}
        is_cancelled

    from {{ ref('stg_kpi__orders') }}

    where row_status = 'accepted'

),

order_categories as (

    select
        order_id
        {%- for column in attributes_of('order_lines') %},
        case
            when min({{ column }}) = max({{ column }})
                then min({{ column }})
            else 'unknown'
        end as {{ column }}
        {%- endfor %}

    from {{ ref('fct_kpi__order_lines') }}

    group by 1

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

final as (

    select
        refunds.refund_id,
        refunds.order_id,
        orders.customer_id,
        {% for column in attributes_of('order_lines') -%}
        coalesce(order_categories.{{ column }}, 'unknown') as {{ column }},
        {% endfor -%}
        {{ columns_from(attributes_of('orders'), 'orders') }}
        {{ customer_attributes(source='orders.source_name') }},
        refunds.currency_code,
        refunds.amount,
        {{ to_reporting_currency('refunds.amount', 'refunds.exchange_rate') }}
            as refund,
        orders.is_cancelled,
        refunds.refunded_date

    from refunds

    inner join orders on refunds.order_id = orders.order_id

    left join order_categories on refunds.order_id = order_categories.order_id

    left join customers on orders.customer_id = customers.customer_id

)

select * from final
