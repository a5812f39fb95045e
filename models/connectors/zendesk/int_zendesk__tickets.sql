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

merged_tickets as (

    select distinct ticket_id

    from tags

    where tag = 'closed_by_merge'

),

with_external_id as (

    select
        tickets.*,
        coalesce(organizations.external_id, users.external_id) as external_id

    from tickets

    left join users
        on tickets.requester_id = users.id

    left join organizations
        on coalesce(tickets.organization_id, users.organization_id) = organizations.id

    left join merged_tickets
        on tickets.id = merged_tickets.ticket_id

    -- a merged ticket is asked and answered in another
    where
        merged_tickets.ticket_id is null
        and coalesce(tickets.status, '') != 'deleted'

),

final as (

    select
        with_external_id.id as ticket_id,
        with_external_id.requester_id,
        {{ known_customer_id('with_external_id.external_id') }} as customer_id,
        with_external_id.created_at as opened_at,
        with_external_id.status

    from with_external_id

    {{ join_known_customers('with_external_id.external_id') }}

)

select * from final
