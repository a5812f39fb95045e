-- One row per contact of a customer with a campaign, so that a new customer is credited to channels.
{{ config(enabled='input_marketing_touches' in (var('okr_metrics_inputs') | string)) }}

select
    id as touch_id,
    customer_id,
    occurred_at as touched_at,
    channel,
    campaign                                    -- optional
from {{ source('raw', 'touches') }}
