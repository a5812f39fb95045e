-- a row later than okr_metrics_lookback_days is in no table until `dbt build --full-refresh`
{{ config(enabled=gate_is_on(), severity='warn') }}
select
    input,
    rows_beyond_lookback

from {{ ref('kpi__reconciliation') }}

where
    rows_beyond_lookback != 0
    and input_status != 'unread'
