-- One row per healthy range of a KPI, from a day on. Few and agreed: they fit in here, or in a seed.
{{ config(enabled='input_kpi_targets' in (var('okr_metrics_inputs') | string)) }}

select
    'gross_margin' as kpi_id,                   -- kpi__catalog lists them
    'total' as dimension,                       -- optional: such as country
    'total' as dimension_value,                 -- optional: such as FR
    'month' as period_grain,
    '2026-01-01' as valid_from,
    0.5 as lower_bound,                         -- optional
    cast(null as numeric) as upper_bound,       -- optional
    'agreed' as provenance                      -- agreed, default or placeholder
