{{ config(enabled=feeds('intercom', 'support_tickets') or feeds('intercom', 'survey_responses')) }}

with

contacts_of_conversations as (

    {{ raw_table('intercom', 'conversation_contact_history', {
        'conversation_id': 'text', 'contact_id': 'text',
    }, is_state=true) }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'intercom'

),

-- one customer a conversation, whoever else was added to it
final as (

    select
        contacts_of_conversations.conversation_id,
        min(links.customer_id) as customer_id

    from contacts_of_conversations

    inner join links on contacts_of_conversations.contact_id = links.source_customer_id

    group by 1

)

select * from final
