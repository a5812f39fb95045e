{{ config(enabled='quickbooks' in named_sources()) }}

with

accounts as (

    {{ raw_table('quickbooks', 'account', {
        'id': 'text', 'name': 'text', 'fully_qualified_name': 'text', 'account_type': 'text', 'account_sub_type': 'text',
    }) }}

),

final as (

    select
        id,
        coalesce(fully_qualified_name, name) as account_name,
        {{ account_category(
            ['fully_qualified_name', 'name', 'account_sub_type', 'account_type'], quickbooks_categories('quickbooks'),
        ) }} as category

    from accounts

)

select * from final
