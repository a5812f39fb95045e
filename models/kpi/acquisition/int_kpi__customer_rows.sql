{{ config(enabled=revenue_is_on(), materialized='view') }}

with

customer_periods as (

    select * from {{ ref('int_kpi__customer_periods') }}

),

customers as (

    select * from {{ ref('int_kpi__customer_starts') }}

),

acquisitions as (

    select * from {{ ref('int_kpi__customer_acquisitions') }}

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

final as (

    select
        'customers' as input,
        customers.customer_id as row_key,
        customers.first_date as row_date,
        customer_periods.period_grain,
        customer_periods.period_start,
        {{ columns_from(attributes_and_source('customers'), 'customers') }}
        1 as active_customers,
        customer_periods.has_order as ordering_customers,
        case
            when customers.first_order_date < customer_periods.period_start
                then customer_periods.has_order
            else 0
        end as repeat_customers,
        0 as new_customers

    from customer_periods

    inner join customers
        on customer_periods.customer_id = customers.customer_id

    union all

    -- of the channel that won them, by the attribution in force
    select
        'customers' as input,
        acquisitions.customer_id as row_key,
        acquisitions.first_date as row_date,
        period_days.period_grain,
        period_days.period_start,
        {{ columns_from(attributes_and_source('customers'), 'acquisitions') }}
        0 as active_customers,
        0 as ordering_customers,
        0 as repeat_customers,
        acquisitions.credit as new_customers

    from acquisitions

    inner join period_days
        on acquisitions.first_date = period_days.calendar_date

)

select * from final
