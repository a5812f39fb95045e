{{ config(enabled=feeds('ga4', 'product_events')) }}

with

events as (

    select * from {{ ref('int_ga4__events') }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'ga4'

),

final as (

    select
        events.event_id,
        {{ customer_of_user('events.user_id') }} as customer_id,
        coalesce(events.user_id, events.user_pseudo_id) as user_id,
        events.occurred_at,
        events.event_name

    from events

    left join links
        on events.user_id = links.source_customer_id

)

select * from final
