{{ config(enabled='xero_ledger' in named_sources()) }}

with

general_ledger as (

    {{ raw_table('xero_ledger', 'xero__general_ledger', {
        'journal_line_id': 'text', 'journal_date': 'day', 'source_type': 'text', 'account_name': 'text',
        'account_code': 'text', 'account_type': 'text', 'account_class': 'text', 'net_amount': 'number',
    }) }}

),

final as (

    select
        journal_line_id,
        journal_date,
        source_type,
        account_name,
        {{ account_category(
            ['account_name', 'account_code', 'account_type', 'account_class'],
            xero_categories('xero_ledger'),
        ) }} as category,
        -- a debit is above nought
        net_amount,
        {{ literals([source_setting('xero_ledger', 'home_currency') or setting('reporting_currency')]) }}
            as currency_code

    from general_ledger

    -- a journal without lines has a row there
    where journal_line_id is not null

)

select * from final
