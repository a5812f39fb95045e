{{ config(enabled='zendesk' in named_sources()) }}

with

tickets as (

    {{ raw_table('zendesk', 'ticket', {
        'id': 'text', 'requester_id': 'text', 'organization_id': 'text', 'created_at': 'time', 'status': 'text',
    }, is_deleted_left_out=true) }}

),

tags as (

    {{ raw_table('zendesk', 'ticket_tag', {'ticket_id': 'text', 'tag': 'text'}) }}

),

users as (

    {{ raw_table('zendesk', 'user', {'id': 'text', 'external_id': 'text', 'organization_id': 'text'}) }}

),

organizations as (

    {{ raw_table('zendesk', 'organization', {'id': 'text', 'external_id': 'text'}) }}

),

links as (

    {{ customer_links('zendesk') }}

),

merged_tickets as (

    select distinct ticket_id

    from tags

    where tag = 'closed_by_merge'

),

with_linked_id as (

    select
        tickets.*,
        coalesce(
            links_of_organizations.customer_id, links_of_users.customer_id, organizations.external_id, users.external_id
        ) as linked_id

    from tickets

    left join users
        on tickets.requester_id = users.id

    left join organizations
        on coalesce(tickets.organization_id, users.organization_id) = organizations.id

    left join links as links_of_organizations
        on organizations.id = links_of_organizations.source_customer_id

    left join links as links_of_users
        on tickets.requester_id = links_of_users.source_customer_id

    left join merged_tickets
        on tickets.id = merged_tickets.ticket_id

    -- a merged ticket is asked and answered in another
    where
        merged_tickets.ticket_id is null
        and coalesce(tickets.status, '') != 'deleted'

),

final as (

    select
        with_linked_id.id as ticket_id,
        with_linked_id.requester_id,
        {{ known_customer_id('with_linked_id.linked_id') }} as customer_id,
        with_linked_id.created_at as opened_at,
        with_linked_id.status

    from with_linked_id

    {{ join_known_customers('with_linked_id.linked_id') }}

)

select * from final
