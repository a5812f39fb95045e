{{ config(enabled=feeds('ga4', 'marketing_touches')) }}

with

events as (

    select * from {{ ref('int_ga4__events') }}

),

-- a session came from where its first event with a source says; direct is no touch, as it would hide what was before
numbered as (

    select
        *,
        row_number() over (
            partition by user_pseudo_id, coalesce(session_id, event_id)
            order by occurred_at, event_id
        ) as place

    from events

    where utm_source is not null and lower(utm_source) not in ('(direct)', 'direct', '(not set)')

),

sessions as (

    select *

    from numbered

    where place = 1

),

-- when a browser was last known as a user in a session
known_browsers as (

    select
        user_pseudo_id,
        session_id,
        user_id,
        max(occurred_at) as known_at

    from events

    where user_id is not null and user_pseudo_id is not null

    group by user_pseudo_id, session_id, user_id

),

-- the first user that a browser is known as after the touch: a shared computer isn't rewritten
later_users as (

    select
        sessions.event_id,
        known_browsers.user_id,
        row_number() over (
            partition by sessions.event_id
            order by known_browsers.known_at, known_browsers.user_id
        ) as place

    from sessions

    inner join known_browsers
        on sessions.user_pseudo_id = known_browsers.user_pseudo_id
        and sessions.occurred_at <= known_browsers.known_at

    where sessions.user_id is null

),

known_sessions as (

    select
        sessions.*,
        coalesce(sessions.user_id, later_users.user_id) as known_user_id

    from sessions

    left join later_users
        on sessions.event_id = later_users.event_id
        and later_users.place = 1

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'ga4'

),

with_customer as (

    select
        known_sessions.*,
        {{ customer_of_user('known_sessions.known_user_id') }} as customer_id

    from known_sessions

    left join links
        on known_sessions.known_user_id = links.source_customer_id

),

final as (

    select
        event_id as touch_id,
        customer_id,
        occurred_at as touched_at,
        {{ channel_by_rules('ga4', {
            'utm_source': 'utm_source', 'utm_medium': "coalesce(utm_medium, '')",
        }) }} as channel,
        campaign

    from with_customer

    where customer_id is not null

)

select * from final
