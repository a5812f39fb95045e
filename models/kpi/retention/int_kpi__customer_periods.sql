{{ config(enabled=revenue_is_on()) }}
{%- set text = dbt.type_string() %}

with

order_lines as (

    select * from {{ optional_model(
        'fct_kpi__order_lines', has_input('orders', 'order_lines'), columns={
            'customer_id': text, 'ordered_date': 'date',
            'revenue': 'numeric(28, 6)', 'is_cancelled': 'boolean',
        },
    ) }}

    where
        customer_id is not null
        and not is_cancelled

),

customer_mrr as (

    select * from {{ optional_model(
        'fct_kpi__customer_mrr', has_input('subscriptions'), columns={
            'customer_id': text, 'mrr': 'numeric(28, 6)',
            'valid_from': 'date', 'valid_to': 'date',
        },
    ) }}

    where mrr > 0

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

periods as (

    select
        *,
        case
            when is_complete_period then period_end else {{ as_of_date() }}
        end as closing_date

    from {{ ref('int_kpi__periods') }}

),

orders as (

    select
        period_days.period_grain,
        period_days.period_start,
        order_lines.customer_id,
        1 as has_order,
        cast(sum(order_lines.revenue) as numeric(28, 6)) as order_revenue

    from order_lines

    inner join period_days
        on order_lines.ordered_date = period_days.calendar_date

    group by 1, 2, 3

),

subscribers as (

    select
        periods.period_grain,
        periods.period_start,
        customer_mrr.customer_id,
        customer_mrr.mrr as closing_mrr

    from customer_mrr

    inner join periods
        on customer_mrr.valid_from <= periods.closing_date
        and coalesce(customer_mrr.valid_to > periods.closing_date, true)

),

final as (

    select
        coalesce(orders.period_grain, subscribers.period_grain)
            as period_grain,
        coalesce(orders.period_start, subscribers.period_start)
            as period_start,
        coalesce(orders.customer_id, subscribers.customer_id) as customer_id,
        coalesce(orders.has_order, 0) as has_order,
        cast(coalesce(orders.order_revenue, 0) as numeric(28, 6))
            as order_revenue,
        cast(coalesce(subscribers.closing_mrr, 0) as numeric(28, 6))
            as closing_mrr

    from orders

    full join subscribers
        on orders.period_grain = subscribers.period_grain
        and orders.period_start = subscribers.period_start
        and orders.customer_id = subscribers.customer_id

)

select * from final
