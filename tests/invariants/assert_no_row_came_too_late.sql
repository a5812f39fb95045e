-- a row later than okr_metrics_lookback_days is in no table until `dbt build --full-refresh`
{{ config(enabled=any_staging_is_on(), severity='warn') }}
select
    input,
    rows_beyond_lookback

from {{ ref('kpi__reconciliation') }}

where rows_beyond_lookback != 0
