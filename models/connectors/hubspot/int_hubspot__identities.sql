{{ config(enabled='hubspot' in named_sources()) }}
{%- set record, customers = source_setting('hubspot', 'record'), source_setting('hubspot', 'customers') %}
{%- set customer_id, no_text = hubspot_property('customer_id_property'), 'cast(null as ' ~ dbt.type_string() ~ ')' %}
{%- set by_deals = feeds('hubspot', 'customers') and customers == 'won' %}
{%- set columns = {'id': 'text', 'property_email': 'text', 'property_domain': 'text', 'is_deleted': 'boolean'} %}
{%- if customer_id -%}
    {%- do columns.update({customer_id: 'text'}) -%}
{%- endif %}

with

records as (

    {{ raw_table('hubspot', record, columns, is_deleted_left_out=true, is_state=true) }}

),

merged_ids as (

    select * from {{ ref('int_hubspot__merged_ids') }}

),
{%- if by_deals %}

won as (

    select * from {{ ref('int_hubspot__won') }}

),
{%- endif %}

final as (

    select
        records.id as source_customer_id,
        {{ 'records.' ~ customer_id if customer_id else no_text }} as external_id,
        -- a company has no address, but a domain
        {{ 'records.property_email' if record == 'contact' else "'@' || lower(records.property_domain)" }} as email,
        {{ 'won.hubspot_id is not null' if by_deals else (customers == 'all') | lower }} as is_customer

    from records

    left join merged_ids
        on records.id = merged_ids.old_id
    {% if by_deals %}
    left join won
        on records.id = won.hubspot_id
    {% endif %}
    where
        merged_ids.old_id is null
        and not coalesce(records.is_deleted, false)

)

select * from final
