{{ config(enabled='zendesk' in named_sources()) }}

with

users as (

    {{ raw_table('zendesk', 'user', {'id': 'text', 'external_id': 'text', 'email': 'text'}) }}

),

organizations as (

    {{ raw_table('zendesk', 'organization', {'id': 'text', 'external_id': 'text'}) }}

),

final as (

    select
        id as source_customer_id,
        external_id,
        email

    from users

    union all

    select
        -- an organisation may have the number of a user
        'organization ' || id as source_customer_id,
        external_id,
        cast(null as {{ dbt.type_string() }}) as email

    from organizations

)

select * from final
