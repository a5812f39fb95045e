{{ config(enabled=feeds('intercom', 'support_tickets') or feeds('intercom', 'survey_responses')) }}

with

contacts_of_conversations as (

    {{ raw_table('intercom', 'conversation_contact_history', {
        'conversation_id': 'text', 'contact_id': 'text',
    }, is_state=true) }}

),

contacts as (

    {{ raw_table('intercom', 'contact_history', {'id': 'text', 'external_id': 'text'}, is_state=true) }}

),

-- one customer a conversation, whoever else was added to it
final as (

    select
        contacts_of_conversations.conversation_id,
        min(contacts.external_id) as customer_id

    from contacts_of_conversations

    inner join contacts on contacts_of_conversations.contact_id = contacts.id

    group by 1

)

select * from final
