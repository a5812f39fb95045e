{#- grain: KPI x complete period x segment x version of its value: what each build said, kept across builds -#}
{% snapshot snap_kpi__closed_values %}

{{ config(
    enabled=marts_are_on() and keeps_history(),
    file_format=setting('history_format'),
    strategy='check',
    unique_key=['kpi_id', 'period_grain', 'period_start', 'dimension', 'dimension_value'],
    check_cols=['reported_value'],
    hard_deletes='invalidate',
) }}

select
    kpi_id,
    period_grain,
    period_start,
    period_end,
    dimension,
    dimension_value,
    -- a digit that no reader sees is no restatement
    cast(value as numeric(38, 6)) as reported_value

from {{ ref('kpi__values') }}

where
    is_complete_period
    and {{ 1 if shows_all_rows() else 0 }} = 1
{% if execute and not shows_all_rows() and load_relation(this) -%}
-- what a run without all rows doesn't find has not ended
union all

select
    kpi_id,
    period_grain,
    period_start,
    period_end,
    dimension,
    dimension_value,
    reported_value

from {{ this }}

where dbt_valid_to is null
{% endif %}
{% endsnapshot %}
