{{ config(enabled=feeds('quickbooks_ledger', 'ledger_revenue')) }}

with

ledger_lines as (

    select * from {{ ref('int_quickbooks_ledger__lines') }}

    where category = 'revenue'

),

final as (

    select
        line_id as ledger_line_id,
        transaction_date as booked_date,
        account_name as account,
        case
            when transaction_source in ('credit_memo', 'refund_receipt', 'bill', 'purchase', 'vendor_credit')
                then 'refund'
            else 'sale'
        end as kind,
        amount,
        cast(null as numeric(28, 6)) as booked_amount,
        currency_code

    from ledger_lines

)

select * from final
