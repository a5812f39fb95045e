{{ config(enabled='hubspot' in named_sources()) }}
{%- set segment = hubspot_property('segment_property') %}
{%- set columns = {
    'id': 'text', 'property_createdate': 'time', 'property_country': 'text', 'property_hs_analytics_source': 'text', 'is_deleted': 'boolean',
} %}
{%- if segment -%}
    {%- do columns.update({segment: 'text'}) -%}
{%- endif %}

with

records as (

    {{ raw_table('hubspot', source_setting('hubspot', 'record'), columns, is_deleted_left_out=true, is_state=true) }}

),

merged_ids as (

    select * from {{ ref('int_hubspot__merged_ids') }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'hubspot'

),

-- a link of an id that was merged is one of the id that it was merged into
links_of_merged as (

    select
        merged_ids.new_id,
        min(links.customer_id) as customer_id

    from links

    inner join merged_ids
        on links.source_customer_id = merged_ids.old_id

    group by merged_ids.new_id

),

final as (

    select
        records.id as hubspot_id,
        coalesce(links.customer_id, links_of_merged.customer_id, records.id) as customer_id,
        records.property_createdate as created_at,
        records.property_country as country,
        {{ 'records.' ~ segment if segment else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as segment,
        case
            when records.property_hs_analytics_source is not null
                then {{ channel_by_rules('hubspot', {'crm': 'records.property_hs_analytics_source'}) }}
        end as acquisition_channel

    from records

    left join merged_ids
        on records.id = merged_ids.old_id

    left join links
        on records.id = links.source_customer_id

    left join links_of_merged
        on records.id = links_of_merged.new_id

    where
        merged_ids.old_id is null
        and not coalesce(records.is_deleted, false)

)

select * from final
