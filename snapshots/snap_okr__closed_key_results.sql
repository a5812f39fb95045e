{#- grain: key result past its due date or ended early x version of what it measured and was: what the first build after its close said, and what later ones say -#}
{% snapshot snap_okr__closed_key_results %}

{{ config(
    enabled=okr_is_on() and keeps_history(),
    file_format=setting('history_format'),
    strategy='check',
    unique_key=['key_result_id', 'day'],
    check_cols=[
        'reported_value', 'reported_progress', 'is_over', 'objective_id',
        'cycle_id', 'key_result_name', 'owner', 'kpi_id', 'dimension',
        'dimension_value', 'period_grain', 'metric_type', 'weight',
        'start_date', 'due_date', 'ended_on', 'end_reason',
        'seeded_baseline_value', 'target_value', 'original_target_value',
        'lower_bound', 'upper_bound',
    ],
) }}

select
    *,
    -- a digit that no reader sees is no restatement
    cast(actual_value as numeric(38, 6)) as reported_value,
    cast(progress_raw as numeric(38, 6)) as reported_progress

from {{ ref('int_okr__closed_now') }}

-- a run without all rows makes no history
where {{ 1 if shows_all_rows() else 0 }} = 1

{% endsnapshot %}
