{{ config(enabled=feeds('segment', 'product_events')) }}

with

tracks as (

    {{ raw_table('segment', 'tracks', {
        'id': 'text', 'user_id': 'text', 'anonymous_id': 'text', 'event': 'text', 'timestamp as occurred_at': 'time',
    }) }}

),

final as (

    select
        id as event_id,
        -- whom a user belongs to is the business's own knowledge: a user is a customer
        user_id as customer_id,
        coalesce(user_id, anonymous_id) as user_id,
        occurred_at,
        event as event_name

    from tracks

)

select * from final
