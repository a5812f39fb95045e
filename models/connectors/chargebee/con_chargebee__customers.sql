{{ config(enabled=feeds('chargebee', 'customers')) }}
{%- set no_text = 'cast(null as ' ~ dbt.type_string() ~ ')' %}

with

customers as (

    -- deleted ones too: what they have paid still counts
    {{ raw_table('chargebee', 'customer', {
        'id': 'text', 'created_at': 'as_it_is', 'billing_address_country': 'text',
    }, is_state=true) }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'chargebee'

),

final as (

    select
        customers.id as customer_id,
        {{ time_or_epoch('customers.created_at') }} as created_at,
        customers.billing_address_country as country,
        {{ no_text }} as segment,
        {{ no_text }} as acquisition_channel

    from customers

    left join links
        on customers.id = links.source_customer_id

    -- who is another customer too is that one
    where coalesce(links.customer_id, customers.id) = customers.id

)

select * from final
