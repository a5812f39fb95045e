{{ config(enabled=revenue_is_on()) }}
with

customers as (

    select * from {{ ref('int_kpi__customer_starts') }}

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

final as (

    select
        customers.customer_id,
        {{ columns_from(attributes_and_source('customers'), 'customers') }}
        period_days.period_grain,
        period_days.period_start as cohort_period,
        period_days.period_number as cohort_number,
        period_days.period_label as cohort_label

    from customers

    inner join period_days
        on customers.first_date = period_days.calendar_date

)

select * from final
