{{ config(enabled=revenue_is_on()) }}
{%- set dimensions = dimensions_of('customers', 'subscriptions', 'order_lines', 'orders') %}

with

revenue_and_cost_rows as (

    select * from {{ ref('int_kpi__revenue_and_cost_rows') }}

),

grouped as (

    select
        calendar_date,
        {{ dimension_columns(dimensions) }},
        count(distinct order_id) as orders,
        sum(order_line) as order_lines,
        sum(costed_line) as costed_lines,
        sum(order_revenue) as order_revenue,
        sum(refunds) as refunds,
        sum(order_refunds) as order_refunds,
        sum(order_cost) as order_cost,
        sum(marketing_spend) as marketing_spend,
        sum(ledger_cost_of_revenue) as ledger_cost_of_revenue,
        sum(ledger_variable) as ledger_variable,
        sum(ledger_sales_and_marketing) as ledger_sales_and_marketing,
        sum(ledger_other) as ledger_other

    from revenue_and_cost_rows

    group by {{ dimension_sets(['calendar_date'], dimensions) }}

),

final as (

    select *

    from grouped

    -- what a dimension doesn't carry (the ledger, spend by country) stands
    -- at total alone: never spread over segments
    where dimension_value is not null

)

select * from final
