-- One row per ticket.
{{ config(enabled='input_support_tickets' in (var('okr_metrics_inputs') | string)) }}

select
    id as ticket_id,
    customer_id,
    opened_at,
    first_answered_at as first_responded_at,    -- optional
    solved_at                                   -- optional
from {{ source('raw', 'tickets') }}
