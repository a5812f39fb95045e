-- One row per event of your product.
{{ config(enabled='input_product_events' in (var('okr_metrics_inputs') | string)) }}

select
    id as event_id,
    account_id as customer_id,                  -- empty: nobody's
    user_id,
    occurred_at,
    name as event_name
from {{ source('raw', 'events') }}
