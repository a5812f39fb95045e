{#- grain: key result that is history: what it was and measured when it closed, as the first build after that said -#}
{{ config(enabled=okr_is_on()) }}
{%- set facts = [
    'objective_id', 'cycle_id', 'kpi_id', 'key_result_name', 'owner',
    'dimension', 'dimension_value', 'period_grain', 'metric_type',
    'indicator_type', 'weight', 'start_date', 'due_date', 'ended_on',
    'end_reason', 'seeded_baseline_value', 'measured_baseline_value',
    'commit_value', 'stretch_value', 'target_revision', 'target_valid_from',
    'target_reason', 'chance_without_change'
] %}
{%- set measures = [
    'actual_value', 'value_date', 'value_age_days', 'baseline_value',
    'target_value', 'original_target_value', 'lower_bound', 'upper_bound',
    'periods_measured', 'periods_met', 'progress_raw', 'progress_vs_original',
    'elapsed_share', 'expected_progress', 'pace_gap', 'status', 'status_rule',
    'confidence', 'is_target_met', 'first_met_date', 'reported_value',
    'reported_progress', 'ended_input', 'ended_input_day',
    'ended_input_max_age_days', 'dbt_valid_from'
] %}
{#- what decides a number: while it is the same, the days before are still told -#}
{%- set measured_by = [
    'kpi_id', 'dimension', 'dimension_value', 'period_grain', 'metric_type',
    'start_date', 'due_date', 'ended_on', 'seeded_baseline_value',
    'target_value', 'original_target_value', 'lower_bound', 'upper_bound'
] %}

with

versions as (

    select *

    from {{ history_of('int_okr__closed_now', 'snap_okr__closed_key_results') }}

    where day <= {{ as_of_date() }}

),

facts_now as (

    select * from {{ ref('int_okr__key_result_facts') }}

),

-- what an older version of the package froze has no facts until the first build with them
ranked as (

    select
        versions.*,
        facts_now.key_result_id is null as is_deleted,
        row_number() over (
            partition by versions.key_result_id
            order by
                case when versions.is_over then 0 else 1 end,
                case when versions.is_over then versions.dbt_valid_from end,
                versions.dbt_valid_from desc
        ) as rank_of_facts

    from versions

    left join facts_now on versions.key_result_id = facts_now.key_result_id

    where
        versions.objective_id is not null
        -- one that was ended early can be opened again until it is due
        and (
            (versions.is_over and versions.due_date <= {{ as_of_date() }})
            or facts_now.key_result_id is null
        )

),

first_versions as (

    select
        *,
        row_number() over (
            partition by key_result_id, day
            order by dbt_valid_from
        ) as version_number

    from versions

),

final as (

    select
        ranked.key_result_id,
        ranked.day,
        {% for column in facts -%}
        ranked.{{ column }},
        {% endfor -%}
        {% for column in measures -%}
        first_versions.{{ column }},
        {% endfor -%}
        ranked.is_deleted,
        (
            ranked.is_deleted
            {%- for column in measured_by %}
            or {{ differ('ranked.' ~ column, 'facts_now.' ~ column) }}
            {%- endfor %}
        ) = false as is_measured_as_now

    from ranked

    inner join first_versions
        on ranked.key_result_id = first_versions.key_result_id
        and ranked.day = first_versions.day
        and first_versions.version_number = 1

    left join facts_now on ranked.key_result_id = facts_now.key_result_id

    where ranked.rank_of_facts = 1

)

select * from final
