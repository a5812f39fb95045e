-- an order without a usable line is in no KPI: nothing else lists it (a warning, as its lines may come later)
{{ config(enabled=has_input('orders', 'order_lines'), severity='warn') }}

select
    orders.order_id,
    orders.customer_id,
    orders.ordered_date

from {{ ref('stg_kpi__orders') }} as orders

left join {{ ref('fct_kpi__order_lines') }} as order_lines
    on orders.order_id = order_lines.order_id

where
    orders.row_status = 'accepted'
    and not orders.is_cancelled
    and order_lines.order_id is null
