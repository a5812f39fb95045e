-- One row per line of an order.
-- The example reads a seed: name your own table in the last line, such as source('raw', 'order_lines').
{{ config(enabled='input_order_lines' in (var('okr_metrics_inputs') | string)) }}

select
    id as order_line_id,
    order_number as order_id,
    category as product_category,               -- optional
    pieces as quantity,
    price as unit_price,                        -- of one piece, before the discount
    discount as discount_amount,                -- optional: of the whole line
    cast(null as varchar) as amount,            -- optional: what the line came to, where it isn't price x pieces - discount
    purchase_price as unit_cost                 -- optional: without it there is no margin
from {{ ref('example_order_lines') }}
