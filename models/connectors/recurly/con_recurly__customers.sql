{{ config(enabled=feeds('recurly', 'customers')) }}

with

accounts as (

    -- closed ones too: what they have paid still counts
    {{ raw_table('recurly', 'account_history', {
        'id': 'text', 'created_at': 'time', 'updated_at': 'time', 'account_country': 'text',
    }) }}

),

latest_accounts as (

    select
        *,
        row_number() over (partition by id order by updated_at desc) as version_number

    from accounts

),

final as (

    select
        id as customer_id,
        created_at,
        account_country as country,
        cast(null as {{ dbt.type_string() }}) as segment,
        cast(null as {{ dbt.type_string() }}) as acquisition_channel

    from latest_accounts

    where version_number = 1

)

select * from final
