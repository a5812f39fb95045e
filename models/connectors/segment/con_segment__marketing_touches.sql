{{ config(enabled=feeds('segment', 'marketing_touches')) }}

with

pages as (

    {{ raw_table('segment', 'pages', {
        'id': 'text', 'user_id': 'text', 'anonymous_id': 'text', 'timestamp as viewed_at': 'time',
        'context_campaign_source': 'text', 'context_campaign_medium': 'text', 'context_campaign_name': 'text',
    }) }}

),

identifies as (

    {{ raw_table('segment', 'identifies', {
        'id': 'text', 'user_id': 'text', 'anonymous_id': 'text', 'timestamp as identified_at': 'time',
    }) }}

),

-- a page loaded twice has one id
views as (

    select
        *,
        row_number() over (partition by id order by viewed_at) as copy_number

    from pages

    where context_campaign_source is not null

),

-- the first user that a browser is known as after the page was seen: a shared computer isn't rewritten
later_users as (

    select
        views.id,
        identifies.user_id,
        row_number() over (partition by views.id order by identifies.identified_at) as place

    from views

    inner join identifies
        on views.anonymous_id = identifies.anonymous_id
        and views.viewed_at <= identifies.identified_at

    where
        views.copy_number = 1
        and views.user_id is null
        and identifies.user_id is not null

),

known_views as (

    select
        views.*,
        coalesce(views.user_id, later_users.user_id) as known_user_id

    from views

    left join later_users
        on views.id = later_users.id
        and later_users.place = 1

    where views.copy_number = 1

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'segment'

),

with_customer as (

    select
        known_views.*,
        {{ customer_of_user('known_views.known_user_id') }} as customer_id

    from known_views

    left join links
        on known_views.known_user_id = links.source_customer_id

),

final as (

    select
        id as touch_id,
        customer_id,
        viewed_at as touched_at,
        {{ channel_by_rules('segment', {
            'utm_source': 'context_campaign_source', 'utm_medium': "coalesce(context_campaign_medium, '')",
        }) }} as channel,
        context_campaign_name as campaign

    from with_customer

    where customer_id is not null

)

select * from final
