{#- grain: key result past its due date x version of what it measured: what the first build after its close said, and what later ones say -#}
{% snapshot snap_okr__closed_key_results %}

{{ config(
    enabled=okr_is_on() and keeps_history(),
    file_format=setting('history_format'),
    strategy='check',
    unique_key=['key_result_id', 'day'],
    check_cols=['reported_value', 'reported_progress'],
) }}

select
    *,
    -- a digit that no reader sees is no restatement
    cast(actual_value as numeric(38, 6)) as reported_value,
    cast(progress_raw as numeric(38, 6)) as reported_progress

from {{ ref('int_okr__status') }}

where day = due_date

{% endsnapshot %}
