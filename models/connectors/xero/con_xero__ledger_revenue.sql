{{ config(enabled=feeds('xero', 'ledger_revenue')) }}

with

ledger_lines as (

    select * from {{ ref('int_xero__ledger_lines') }}

    where category = 'revenue'

),

final as (

    select
        journal_line_id as ledger_line_id,
        journal_date as booked_date,
        account_name as account,
        -- a credit note to a customer, or money that was paid back at once
        case when source_type in ('ACCRECCREDIT', 'CASHPAID') then 'refund' else 'sale' end as kind,
        -- a credit is below nought there
        -net_amount as amount,
        cast(null as numeric(28, 6)) as booked_amount,
        currency_code

    from ledger_lines

)

select * from final
