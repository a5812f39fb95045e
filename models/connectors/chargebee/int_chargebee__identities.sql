{{ config(enabled='chargebee' in named_sources()) }}

with

customers as (

    {{ raw_table('chargebee', 'customer', {'id': 'text', 'email': 'text'}, is_state=true) }}

),

final as (

    select
        id as source_customer_id,
        cast(null as {{ dbt.type_string() }}) as external_id,
        email

    from customers

)

select * from final
