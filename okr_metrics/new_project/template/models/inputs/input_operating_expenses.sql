-- One row per line of the ledger.
{{ config(enabled='input_operating_expenses' in (var('okr_metrics_inputs') | string)) }}

select
    id as expense_id,
    booked_on as expense_date,
    account as category,                        -- cost_of_revenue, variable, sales_and_marketing have a meaning
    department,                                 -- optional
    amount,
    currency as currency_code
from {{ source('raw', 'ledger') }}
