{#- grain: objective of a cycle that is over, or with a key result that is closed, x version: what it was at its close, and what later builds say -#}
{% snapshot snap_okr__closed_objectives %}

{{ config(
    enabled=okr_is_on() and keeps_history(),
    file_format=setting('history_format'),
    strategy='check',
    unique_key='objective_id',
    check_cols=[
        'is_over', 'cycle_id', 'parent_objective_id', 'objective_name',
        'level', 'owner', 'objective_type', 'weight', 'ended_on', 'end_reason',
        'cycle_name', 'cycle_start_date', 'cycle_end_date',
        'number_of_key_results',
    ],
) }}

select *

from {{ ref('int_okr__objective_facts') }}

where
    (is_over or has_closed_key_result)
    -- a run without all rows makes no history
    and {{ 1 if shows_all_rows() else 0 }} = 1

{% endsnapshot %}
