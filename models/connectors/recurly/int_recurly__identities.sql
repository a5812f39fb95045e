{{ config(enabled='recurly' in named_sources()) }}

with

accounts as (

    {{ newest_row('recurly', 'account_history', {'id': 'text', 'code': 'text', 'email': 'text'}, 'updated_at') }}

),

final as (

    select
        id as source_customer_id,
        code as external_id,
        email

    from accounts

)

select * from final
