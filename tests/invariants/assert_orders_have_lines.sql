-- an order without a usable line is in no KPI: nothing else lists it (a warning, as its lines may come later)
{{ config(enabled=has_input('orders', 'order_lines'), severity='warn') }}

{% call where_parents_are_built() %}
with

orders as (

    select * from {{ ref('stg_kpi__orders') }}

),

order_lines as (

    select * from {{ ref('fct_kpi__order_lines') }}

)

select
    orders.order_id,
    orders.customer_id,
    orders.ordered_date

from orders

left join order_lines
    on orders.order_id = order_lines.order_id

where
    orders.row_status = 'accepted'
    and not orders.is_cancelled
    and order_lines.order_id is null
{% endcall %}
