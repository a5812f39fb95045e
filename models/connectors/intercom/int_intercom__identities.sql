{{ config(enabled='intercom' in named_sources()) }}

with

contacts as (

    {{ raw_table('intercom', 'contact_history', {
        'id': 'text', 'external_id': 'text', 'email': 'text',
    }, is_state=true) }}

),

final as (

    select
        id as source_customer_id,
        external_id,
        email

    from contacts

)

select * from final
