{{ config(enabled=feeds('intercom', 'support_tickets')) }}

with

conversations as (

    {{ raw_table('intercom', 'conversation_history', {
        'id': 'text', 'created_at': 'time', 'state': 'text', 'source_delivered_as': 'text',
        'first_admin_reply_at': 'time', 'last_close_at': 'time',
    }, is_deleted_left_out=true, is_state=true) }}

),

parts as (

    {{ raw_table('intercom', 'conversation_part_history', {
        'id': 'text', 'conversation_id': 'text', 'created_at': 'time', 'part_type': 'text', 'author_type': 'text',
    }, is_deleted_left_out=true, is_state=true) }}

),

askers as (

    select * from {{ ref('int_intercom__askers') }}

),

-- a bot's reply is none
answers as (

    select
        conversation_id,
        min(case when part_type = 'comment' and author_type in ('admin', 'teammate') then created_at end)
            as first_responded_at,
        max(case when part_type = 'close' then created_at end) as closed_at

    from parts

    group by 1

),

final as (

    select
        conversations.id as ticket_id,
        askers.customer_id,
        conversations.created_at as opened_at,
        -- where the parts of a conversation aren't loaded, its statistics say it
        coalesce(answers.first_responded_at, conversations.first_admin_reply_at) as first_responded_at,
        -- one that was opened again isn't solved
        case
            when conversations.state = 'closed' then coalesce(answers.closed_at, conversations.last_close_at)
        end as solved_at

    from conversations

    left join askers on conversations.id = askers.conversation_id

    left join answers on conversations.id = answers.conversation_id

    -- what the company sent asks nothing
    where coalesce(conversations.source_delivered_as, '') not in (
        'admin_initiated', 'automated', 'operator_initiated', 'campaigns_initiated'
    )

)

select * from final
