{#- grain: closed, frozen key result or objective whose row was changed or deleted since -#}
{{ config(enabled=okr_is_on(), materialized='ephemeral') }}
{%- set of_key_results = {
    'objective_id': ('objective_id', 'text'),
    'key_result_name': ('name', 'text'), 'owner': ('owner', 'text'),
    'kpi_id': ('kpi_id', 'text'), 'dimension': ('dimension', 'text'),
    'dimension_value': ('dimension_value', 'text'),
    'period_grain': ('period_grain', 'text'),
    'metric_type': ('metric_type', 'text'), 'weight': ('weight', 'number'),
    'start_date': ('start_date', 'day'), 'due_date': ('due_date', 'day'),
    'ended_on': ('ended_on', 'day'), 'end_reason': ('end_reason', 'text'),
    'seeded_baseline_value': ('baseline_value', 'number'),
    'target_value': ('target_value', 'number'),
    'original_target_value': ('first_target_value', 'number'),
    'lower_bound': ('lower_bound', 'number'),
    'upper_bound': ('upper_bound', 'number')
} %}
{%- set of_objectives = {
    'cycle_id': ('cycle_id', 'text'), 'objective_name': ('name', 'text'),
    'parent_objective_id': ('parent', 'text'), 'owner': ('owner', 'text'),
    'level': ('level', 'text'),
    'objective_type': ('objective_type', 'text'),
    'weight': ('weight', 'number'), 'ended_on': ('ended_on', 'day'),
    'cycle_name': ('cycle_name', 'text'),
    'end_reason': ('end_reason', 'text'),
    'cycle_start_date': ('cycle_start_date', 'day'),
    'cycle_end_date': ('cycle_end_date', 'day'),
    'number_of_key_results': ('number_of_key_results', 'count')
} %}

with

frozen_key_results as (

    select * from {{ ref('int_okr__frozen_key_results') }}

),

key_results as (

    select * from {{ ref('int_okr__key_result_facts') }}

),

frozen_objectives as (

    select * from {{ ref('int_okr__frozen_objectives') }}

),

objectives as (

    select * from {{ ref('int_okr__objective_facts') }}

),

changes as (

    select
        'key result ' || frozen_key_results.key_result_id as object,
        frozen_key_results.day as closed_on,
        'okr_key_results' as input,
        frozen_key_results.is_deleted,
        {{ changes_text(of_key_results, 'frozen_key_results', 'key_results') }}
            as changes

    from frozen_key_results

    left join key_results
        on frozen_key_results.key_result_id = key_results.key_result_id

    union all

    select
        'objective ' || frozen_objectives.objective_id as object,
        frozen_objectives.cycle_end_date as closed_on,
        'okr_objectives' as input,
        frozen_objectives.is_deleted,
        {{ changes_text(of_objectives, 'frozen_objectives', 'objectives') }}
            as changes

    from frozen_objectives

    left join objectives
        on frozen_objectives.objective_id = objectives.objective_id

),

final as (

    select
        'closed_row_changed' as rule_id,
        'warning' as severity,
        object,
        'it closed on ' || {{ day_text('closed_on') }}
        || case
            when is_deleted then ', and its row in ' || input || ' is deleted'
            else ', and was changed since: ' || substring(changes, 3)
        end as message,
        'Put the row back as it was, and give what goes on a row and an id of its own: the closed one stays as it is.'
            as how_to_mend

    from changes

    where
        is_deleted
        or changes != ''

)

select * from final
