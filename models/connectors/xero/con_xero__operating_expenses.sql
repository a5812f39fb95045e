{{ config(enabled=feeds('xero', 'operating_expenses')) }}

with

ledger_lines as (

    select * from {{ ref('int_xero__ledger_lines') }}

),

final as (

    select
        journal_line_id as expense_id,
        journal_date as expense_date,
        category,
        department,
        -- a debit is above nought; without tax
        net_amount as amount,
        currency_code

    from ledger_lines

    -- null of a category isn't revenue either, and isn't read
    where category != 'revenue'

)

select * from final
