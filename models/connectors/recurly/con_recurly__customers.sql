{{ config(enabled=feeds('recurly', 'customers')) }}

with

accounts as (

    -- closed ones too: what they have paid still counts
    {{ newest_row('recurly', 'account_history', {
        'id': 'text', 'created_at': 'time', 'account_country': 'text',
    }, 'updated_at') }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'recurly'

),

final as (

    select
        accounts.id as customer_id,
        accounts.created_at,
        accounts.account_country as country,
        cast(null as {{ dbt.type_string() }}) as segment,
        cast(null as {{ dbt.type_string() }}) as acquisition_channel

    from accounts

    left join links
        on accounts.id = links.source_customer_id

    -- who is another customer too is that one
    where coalesce(links.customer_id, accounts.id) = accounts.id

)

select * from final
