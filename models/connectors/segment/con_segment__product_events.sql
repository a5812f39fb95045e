{{ config(enabled=feeds('segment', 'product_events')) }}

with

tracks as (

    {{ raw_table('segment', 'tracks', {
        'id': 'text', 'user_id': 'text', 'anonymous_id': 'text', 'event': 'text', 'timestamp as occurred_at': 'time',
    }) }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'segment'

),

final as (

    select
        tracks.id as event_id,
        {{ customer_of_user('tracks.user_id') }} as customer_id,
        coalesce(tracks.user_id, tracks.anonymous_id) as user_id,
        tracks.occurred_at,
        tracks.event as event_name

    from tracks

    left join links
        on tracks.user_id = links.source_customer_id

)

select * from final
