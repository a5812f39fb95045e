{{ config(enabled='quickbooks_ledger' in named_sources()) }}

with

general_ledger as (

    {{ raw_table('quickbooks_ledger', 'quickbooks__general_ledger', {
        'unique_id': 'text', 'transaction_date': 'day', 'account_name': 'text', 'account_type': 'text',
        'account_sub_type': 'text', 'department_id': 'as_it_is', 'transaction_source': 'text',
        'adjusted_amount': 'number', 'adjusted_converted_amount': 'number',
    }) }}

),

final as (

    select
        unique_id as line_id,
        transaction_date,
        account_name,
        {{ account_category(
            ['account_name', 'account_sub_type', 'account_type'], quickbooks_categories('quickbooks_ledger'),
        ) }} as category,
        department_id,
        transaction_source,
        -- in the currency of the books; what an account grows by, be it one of expenses or of revenue
        coalesce(adjusted_converted_amount, adjusted_amount) as amount,
        {{ literals([source_setting('quickbooks_ledger', 'home_currency') or setting('reporting_currency')]) }}
            as currency_code

    from general_ledger

)

select * from final
