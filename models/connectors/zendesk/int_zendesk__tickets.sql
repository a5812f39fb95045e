{{ config(enabled='zendesk' in named_sources()) }}
{#- of a loader that has the tags of a ticket in one text -#}
{%- set merge_tag = '(^|[^a-z0-9_])closed_by_merge([^a-z0-9_]|$)' %}

with

tickets as (

    {{ raw_table('zendesk', 'ticket', {
        'id': 'text', 'requester_id': 'text', 'organization_id': 'text', 'created_at': 'time', 'status': 'text',
        'tags': 'text',
    }, is_deleted_left_out=true) }}

),

tags as (

    {{ raw_table('zendesk', 'ticket_tag', {'ticket_id': 'text', 'tag': 'text'}) }}

),

users as (

    {{ raw_table('zendesk', 'user', {'id': 'text', 'organization_id': 'text'}) }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'zendesk'

),

merged_tickets as (

    select distinct ticket_id

    from tags

    where tag = 'closed_by_merge'

),

with_customer as (

    select
        tickets.*,
        coalesce(
            given_links.customer_id,
            case when links_of_users.matched_by = 'customer_links' then links_of_users.customer_id end,
            links_of_organizations.customer_id,
            links_of_users.customer_id
        ) as customer_id

    from tickets

    left join users
        on tickets.requester_id = users.id

    left join links as given_links
        on coalesce(tickets.organization_id, users.organization_id) = given_links.source_customer_id
        and given_links.matched_by = 'customer_links'

    left join links as links_of_organizations
        on 'organization ' || coalesce(tickets.organization_id, users.organization_id)
        = links_of_organizations.source_customer_id

    left join links as links_of_users
        on tickets.requester_id = links_of_users.source_customer_id

    left join merged_tickets
        on tickets.id = merged_tickets.ticket_id

    -- a merged ticket is asked and answered in another
    where
        merged_tickets.ticket_id is null
        and not coalesce({{ has_pattern('tickets.tags', merge_tag) }}, false)
        and coalesce(tickets.status, '') != 'deleted'

),

final as (

    select
        id as ticket_id,
        requester_id,
        customer_id,
        created_at as opened_at,
        status

    from with_customer

)

select * from final
