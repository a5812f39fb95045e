-- One row per day, without a gap: months, quarters and years of your own, such as 4-4-5.
-- Without it they are those of the Gregorian calendar.
{{ config(enabled='input_calendar' in (var('okr_metrics_inputs') | string)) }}

select
    day as date,
    month_start,
    quarter_start,
    year_start,
    month_name as month_label,                  -- optional
    quarter_name as quarter_label,              -- optional
    year_name as year_label                     -- optional
from {{ source('raw', 'fiscal_days') }}
