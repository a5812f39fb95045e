{{ config(enabled=feeds('stripe', 'customers')) }}
{%- set segment_key, no_text = source_setting('stripe', 'segment_key'), 'cast(null as ' ~ dbt.type_string() ~ ')' %}
{%- set columns = {
    'id': 'text', 'created': 'time', 'address_country': 'text', 'shipping_address_country': 'text',
    'livemode': 'boolean',
} -%}
{%- do columns.update({'metadata.' ~ segment_key ~ ' as segment': 'text'}) if segment_key %}

with

customers as (

    -- deleted ones too: what they have paid still counts
    {{ raw_table('stripe', 'customer', columns) }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'stripe'

),

final as (

    select
        customers.id as customer_id,
        customers.created as created_at,
        coalesce(customers.address_country, customers.shipping_address_country) as country,
        {{ 'customers.segment' if segment_key else no_text }} as segment,
        {{ no_text }} as acquisition_channel

    from customers

    left join links
        on customers.id = links.source_customer_id

    -- who is another customer too is that one
    where
        coalesce(customers.livemode, true)
        and coalesce(links.customer_id, customers.id) = customers.id

)

select * from final
