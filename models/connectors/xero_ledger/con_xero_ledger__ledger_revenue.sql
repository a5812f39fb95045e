{{ config(enabled=feeds('xero_ledger', 'ledger_revenue')) }}

with

ledger_lines as (

    select * from {{ ref('int_xero_ledger__lines') }}

    where category = 'revenue'

),

final as (

    select
        journal_line_id as ledger_line_id,
        journal_date as booked_date,
        account_name as account,
        case when source_type in ('ACCRECCREDIT', 'CASHPAID') then 'refund' else 'sale' end as kind,
        -net_amount as amount,
        cast(null as numeric(28, 6)) as booked_amount,
        currency_code

    from ledger_lines

)

select * from final
