{{ config(enabled=has_input('product_events'), materialized='view') }}

with

user_days as (

    select * from {{ ref('stg_kpi__product_events') }}

    where row_status = 'accepted'

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

final as (

    select
        user_days.user_id,
        user_days.customer_id,
        {{ customer_attributes() }},
        user_days.occurred_date as active_date,
        user_days.events,
        user_days.qualifying_events,
        user_days.activation_events

    from user_days

    left join customers on user_days.customer_id = customers.customer_id

)

select * from final
