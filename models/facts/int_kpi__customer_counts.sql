{#- grain: period grain x period x segment with an active or a new customer -#}
{%- set dimensions = ['country', 'segment', 'acquisition_channel'] -%}

with

customer_periods as (

    select * from {{ ref('int_kpi__customer_periods') }}

),

new_customers as (

    select * from {{ ref('int_kpi__new_customers') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

rows_of_customers as (

    select
        customer_periods.period_grain,
        customer_periods.period_start,
        1 as active_customers,
        0 as new_customers,
        customer_periods.has_order as ordering_customers,
        case
            when customer_periods.has_order = 1
                and new_customers.first_order_before is not null then 1
            else 0
        end as repeat_customers,
        new_customers.country,
        new_customers.segment,
        new_customers.acquisition_channel

    from customer_periods

    inner join new_customers
        on customer_periods.customer_id = new_customers.customer_id

)

select * from rows_of_customers
