-- One row per line of the ledger on an account of revenue: the books are compared with the KPIs.
{{ config(enabled='input_ledger_revenue' in (var('okr_metrics_inputs') | string)) }}

select
    id as ledger_line_id,
    booked_on as booked_date,
    account,                                    -- optional
    kind,                                       -- optional: refund for what is paid back
    amount,                                     -- below nought where it lowers revenue
    home_amount as booked_amount,               -- optional: what the books made of it in the reporting currency
    currency as currency_code
from {{ source('raw', 'ledger') }}
