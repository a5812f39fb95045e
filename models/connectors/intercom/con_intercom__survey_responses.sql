{{ config(enabled=feeds('intercom', 'survey_responses')) }}

with

conversations as (

    {{ raw_table('intercom', 'conversation_history', {
        'id': 'text', 'updated_at': 'time', 'conversation_rating_value': 'number', 'conversation_rating_created_at': 'time',
    }, is_deleted_left_out=true, is_state=true) }}

),

askers as (

    select * from {{ ref('int_intercom__askers') }}

),

final as (

    select
        conversations.id as response_id,
        askers.customer_id,
        'csat' as survey_type,
        conversations.conversation_rating_value as score,
        coalesce(conversations.conversation_rating_created_at, conversations.updated_at) as responded_at

    from conversations

    left join askers on conversations.id = askers.conversation_id

    where conversations.conversation_rating_value is not null

)

select * from final
