-- One row per answer.
{{ config(enabled='input_survey_responses' in (var('okr_metrics_inputs') | string)) }}

select
    id as response_id,
    customer_id,                                -- empty: anonymous
    survey as survey_type,                      -- nps, csat, ces
    score,
    answered_at as responded_at
from {{ source('raw', 'survey_answers') }}
