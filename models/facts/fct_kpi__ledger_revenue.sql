{{ config(enabled=has_input('ledger_revenue')) }}

with

ledger_revenue as (

    select * from {{ ref('stg_kpi__ledger_revenue') }}

    where row_status = 'accepted'

),

final as (

    select
        ledger_line_id,
        account,
        coalesce(kind = 'refund', false) as is_refund,
        currency_code,
        amount,
        booked_amount,
        {{ to_reporting_currency('amount', 'exchange_rate') }} as revenue,
        booked_date

    from ledger_revenue

)

select * from final
