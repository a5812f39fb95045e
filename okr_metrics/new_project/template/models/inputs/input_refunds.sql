-- One row per refund, of an order, of a subscription, or of a customer alone: the first that is named decides.
{{ config(enabled='input_refunds' in (var('okr_metrics_inputs') | string)) }}

select
    id as refund_id,
    order_id,                                   -- optional
    cast(null as varchar) as order_line_id,     -- optional: what of the order was paid back
    cast(null as varchar) as product_category,  -- optional: where no line is named
    cast(null as varchar) as subscription_id,   -- optional
    cast(null as varchar) as customer_id,       -- optional
    refunded_at,
    amount,
    currency as currency_code                   -- optional: that of the order or the subscription
from {{ source('raw', 'refunds') }}
