{{ config(enabled=feeds('xero_ledger', 'operating_expenses')) }}

with

ledger_lines as (

    select * from {{ ref('int_xero_ledger__lines') }}

),

final as (

    select
        journal_line_id as expense_id,
        journal_date as expense_date,
        category,
        cast(null as {{ dbt.type_string() }}) as department,
        net_amount as amount,
        currency_code

    from ledger_lines

    -- null of a category isn't revenue either, and isn't read
    where category != 'revenue'

)

select * from final
