{#- grain: user x customer x day with an event; product events are read here alone -#}
{{ config(enabled=has_input('product_events')) }}

with

product_events as (

    select * from {{ ref('stg_kpi__product_events') }}

    where row_status = 'accepted'

),

user_days as (

    select
        user_id,
        customer_id,
        occurred_date as active_date,
        count(*) as events,
        {{ count_of_events(setting('usage_events')) }} as qualifying_events,
        {{ count_of_events([setting('activation_event')])
            if setting('activation_event') else 0 }} as activation_events

    from product_events

    group by 1, 2, 3

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

final as (

    select
        user_days.user_id,
        user_days.customer_id,
        {{ customer_attributes() }},
        user_days.active_date,
        user_days.events,
        user_days.qualifying_events,
        user_days.activation_events

    from user_days

    left join customers on user_days.customer_id = customers.customer_id

)

select * from final
