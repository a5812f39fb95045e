{{ config(enabled=feeds('quickbooks_ledger', 'operating_expenses')) }}

with

ledger_lines as (

    select * from {{ ref('int_quickbooks_ledger__lines') }}

),

final as (

    select
        line_id as expense_id,
        transaction_date as expense_date,
        category,
        {{ text('department_id') }} as department,
        amount,
        currency_code

    from ledger_lines

    -- null of a category isn't revenue either, and isn't read
    where category != 'revenue'

)

select * from final
