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

with_due_dates as (

    select
        customer_id,
        ordered_date,
        cast({{ dbt.dateadd('day', setting('lapse_days'), 'ordered_date') }}
            as date) as due_date

    from order_days

),

with_neighbours as (

    select
        *,
        lag(due_date) over (
            partition by customer_id
            order by ordered_date
        ) as previous_due_date,
        lead(ordered_date) over (
            partition by customer_id
            order by ordered_date
        ) as next_ordered_date

    from with_due_dates

),

final as (

    select
        with_neighbours.customer_id,
        {{ columns_from(attributes_and_source('customers'), 'customers') }}
        with_neighbours.ordered_date,
        -- a customer is active on the mornings after the order, up to this one
        case
            when with_neighbours.next_ordered_date <= with_neighbours.due_date
                then with_neighbours.next_ordered_date
            else with_neighbours.due_date
        end as last_active_date,
        case
            when
                with_neighbours.next_ordered_date is null
                or with_neighbours.next_ordered_date > with_neighbours.due_date
                then with_neighbours.due_date
        end as lapse_date,
        -- the latest order that was the first, or came after a lapse
        max(case
            when
                with_neighbours.previous_due_date is null
                or with_neighbours.ordered_date > with_neighbours.previous_due_date
                then with_neighbours.ordered_date
        end) over (
            partition by with_neighbours.customer_id
            order by with_neighbours.ordered_date
            rows between unbounded preceding and current row
        ) as active_since

    from with_neighbours

    inner join customers
        on with_neighbours.customer_id = customers.customer_id

)

select * from final
