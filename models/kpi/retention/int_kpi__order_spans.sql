{{ config(enabled=has_input('orders', 'order_lines'), materialized='ephemeral') }}

with

order_lines as (

    select * from {{ ref('fct_kpi__order_lines') }}

    where
        customer_id is not null
        and not is_cancelled

),

customers as (

    select * from {{ ref('int_kpi__customer_starts') }}

),

order_days as (

    select distinct
        customer_id,
        ordered_date

    from order_lines

),

with_next_order as (

    select
        customer_id,
        ordered_date,
        cast({{ dbt.dateadd('day', setting('lapse_days'), 'ordered_date') }}
            as date) as due_date,
        lead(ordered_date) over (
            partition by customer_id
            order by ordered_date
        ) as next_ordered_date

    from order_days

),

final as (

    select
        with_next_order.customer_id,
        {{ columns_from(customer_columns(), 'customers') }}
        with_next_order.ordered_date,
        -- a customer is active on the mornings after the order, up to this one
        case
            when with_next_order.next_ordered_date <= with_next_order.due_date
                then with_next_order.next_ordered_date
            else with_next_order.due_date
        end as last_active_date,
        case
            when
                with_next_order.next_ordered_date is null
                or with_next_order.next_ordered_date > with_next_order.due_date
                then with_next_order.due_date
        end as lapse_date

    from with_next_order

    inner join customers
        on with_next_order.customer_id = customers.customer_id

)

select * from final
