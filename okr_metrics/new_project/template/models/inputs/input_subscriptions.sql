-- One row per version of a subscription: a new one where its plan, price or quantity changes.
{{ config(enabled='input_subscriptions' in (var('okr_metrics_inputs') | string)) }}

select
    id as subscription_id,
    customer_id,
    plan,
    status,                                     -- active, trialing, cancelled, ...
    started_at,
    ended_at,                                   -- empty while it is open
    price as amount,                            -- of one unit for one interval
    billing_interval,                           -- day, week, month, quarter, year
    cast(null as integer) as interval_count,    -- optional: 6 with month is half a year
    seats as quantity,                          -- optional
    currency as currency_code,
    cancellation_reason as churn_reason         -- optional
from {{ source('raw', 'subscriptions') }}
