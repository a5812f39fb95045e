{{ config(enabled=feeds('zendesk', 'support_tickets')) }}
{%- set reply_seconds = 'cast(coalesce(metrics.reply_seconds, metrics.reply_minutes * 60) as integer)' %}

with

tickets as (

    select * from {{ ref('int_zendesk__tickets') }}

),

comments as (

    {{ raw_table('zendesk', 'ticket_comment', {
        'ticket_id': 'text', 'user_id': 'text', 'created': 'time', 'public as is_public': 'boolean',
    }) }}

),

users as (

    {{ raw_table('zendesk', 'user', {'id': 'text', 'role as user_role': 'text'}) }}

),

changes as (

    {{ raw_table('zendesk', 'ticket_field_history', {
        'ticket_id': 'text', 'field_name': 'text', 'updated': 'time', 'value as new_value': 'text',
    }) }}

),

metrics as (

    -- what Zendesk says itself: of comments and changes a loader may have none
    {{ raw_table('zendesk', 'ticket_metric', {
        'ticket_id': 'text', 'reply_seconds': 'number', 'reply_minutes': 'number', 'solved_at': 'time',
    }, loaded_by='airbyte') }}

),

-- a note is no answer, and neither is what the agent who asks writes or a ticket is opened with
responses as (

    select
        comments.ticket_id,
        min(comments.created) as first_responded_at

    from comments

    inner join tickets
        on comments.ticket_id = tickets.ticket_id

    inner join users
        on comments.user_id = users.id

    where
        comments.is_public
        and users.user_role in ('agent', 'admin')
        and comments.user_id != tickets.requester_id
        and comments.created > tickets.opened_at

    group by comments.ticket_id

),

statuses as (

    select
        ticket_id,
        updated,
        new_value,
        lag(new_value) over (partition by ticket_id order by updated) as old_value

    from changes

    where field_name = 'status'

),

-- a solved ticket is closed some days later: that is no other solution
solutions as (

    select
        ticket_id,
        {{ 'min' if source_setting('zendesk', 'solved') == 'first' else 'max' }}(updated) as solved_at

    from statuses

    where
        new_value in ('solved', 'closed')
        and coalesce(old_value, 'new') not in ('solved', 'closed')

    group by ticket_id

),

final as (

    select
        tickets.ticket_id,
        tickets.customer_id,
        tickets.opened_at,
        coalesce(
            responses.first_responded_at,
            {{ dbt.dateadd('second', reply_seconds, 'tickets.opened_at') }}
        ) as first_responded_at,
        -- one that was opened again isn't solved
        case
            when tickets.status in ('solved', 'closed') then coalesce(solutions.solved_at, metrics.solved_at)
        end as solved_at

    from tickets

    left join responses
        on tickets.ticket_id = responses.ticket_id

    left join solutions
        on tickets.ticket_id = solutions.ticket_id

    left join metrics
        on tickets.ticket_id = metrics.ticket_id

)

select * from final
