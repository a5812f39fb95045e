{{ config(enabled='stripe' in named_sources()) }}
{%- set id_key = source_setting('stripe', 'customer_id_key') %}

with

customers as (

    {{ raw_table('stripe', 'customer', {'id': 'text', 'email': 'text', 'metadata': 'text', 'livemode': 'boolean'}) }}

),

final as (

    select
        id as source_customer_id,
        {{ json_text('metadata', id_key) if id_key else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as external_id,
        email

    from customers

    where coalesce(livemode, true)

)

select * from final
