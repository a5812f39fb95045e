{{ config(enabled='stripe' in named_sources()) }}
{%- set id_key = source_setting('stripe', 'customer_id_key') %}
{%- set columns = {'id': 'text', 'email': 'text', 'livemode': 'boolean'} %}
{%- do columns.update({'metadata.' ~ id_key ~ ' as external_id': 'text'}) if id_key %}

with

customers as (

    {{ raw_table('stripe', 'customer', columns) }}

),

final as (

    select
        id as source_customer_id,
        {{ 'external_id' if id_key else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as external_id,
        email

    from customers

    where coalesce(livemode, true)

)

select * from final
