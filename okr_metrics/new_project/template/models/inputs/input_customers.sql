-- One row per customer. It gives every KPI its country, segment and acquisition channel.
-- The example reads a seed: name your own table in the last line, such as source('raw', 'customers').
{{ config(enabled='input_customers' in (var('okr_metrics_inputs') | string)) }}

select
    id as customer_id,
    registered_at as created_at,                -- day or moment (UTC, unless it carries an offset)
    country_code as country,                    -- optional
    customer_type as segment,                   -- optional: such as smb and enterprise
    first_seen_from as acquisition_channel      -- optional: such as paid_search
from {{ ref('example_customers') }}
