{{ config(enabled=feeds('recurly', 'customers')) }}

with

accounts as (

    -- closed ones too: what they have paid still counts
    {{ newest_row('recurly', 'account_history', {
        'id': 'text', 'created_at': 'time', 'account_country': 'text',
    }, 'updated_at') }}

),

final as (

    select
        id as customer_id,
        created_at,
        account_country as country,
        cast(null as {{ dbt.type_string() }}) as segment,
        cast(null as {{ dbt.type_string() }}) as acquisition_channel

    from accounts

)

select * from final
