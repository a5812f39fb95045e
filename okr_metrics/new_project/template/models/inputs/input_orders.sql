-- One row per order. Needs order_lines too.
-- The example reads a seed: name your own table in the last line, such as source('raw', 'orders').
{{ config(enabled='input_orders' in (var('okr_metrics_inputs') | string)) }}

select
    number as order_id,
    customer as customer_id,                    -- empty: a guest
    placed_at as ordered_at,
    state as status,                            -- paid, shipped, cancelled, ...: a word that isn't known is named
    currency as currency_code
from {{ ref('example_orders') }}
