-- One row per id that another system has of a customer: connectors put the customer's own id in its place.
{{ config(enabled='input_customer_links' in (var('okr_metrics_inputs') | string)) }}

select
    system_name as source,                      -- as okr_metrics_sources names it, such as zendesk
    external_id as source_customer_id,
    customer_id
from {{ source('raw', 'customer_ids') }}
