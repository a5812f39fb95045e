-- One row per day and currency. Without it rows in another currency than the reporting one are rejected.
{{ config(enabled='input_exchange_rates' in (var('okr_metrics_inputs') | string)) }}

select
    day as rate_date,
    currency as currency_code,
    rate                                        -- units of the reporting currency for one of this
from {{ source('raw', 'exchange_rates') }}
