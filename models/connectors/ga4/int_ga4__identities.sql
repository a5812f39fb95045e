{{ config(enabled='ga4' in named_sources()) }}

with

known_customers as (

    select * from {{ ref('int_connectors__known_customers') }}

),

-- a user who has the id of a customer is that one
final as (

    select distinct
        customer_id as source_customer_id,
        customer_id as external_id,
        cast(null as {{ dbt.type_string() }}) as email

    from known_customers

)

select * from final
