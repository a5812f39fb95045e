{{ config(enabled=feeds('stripe', 'customers')) }}
{%- set segment_key, text_type = source_setting('stripe', 'segment_key'), dbt.type_string() %}

with

customers as (

    -- deleted ones too: what they have paid still counts
    {{ raw_table('stripe', 'customer', {
        'id': 'text', 'created': 'time', 'address_country': 'text', 'shipping_address_country': 'text',
        'metadata': 'text', 'livemode': 'boolean',
    }) }}

),

final as (

    select
        id as customer_id,
        created as created_at,
        coalesce(address_country, shipping_address_country) as country,
        {{ json_text('metadata', segment_key) if segment_key else 'cast(null as ' ~ text_type ~ ')' }} as segment,
        cast(null as {{ text_type }}) as acquisition_channel

    from customers

    where coalesce(livemode, true)

)

select * from final
