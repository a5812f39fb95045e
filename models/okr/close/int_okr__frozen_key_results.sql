{{ config(enabled=okr_is_on()) }}

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
        ranked.objective_id,
        ranked.cycle_id,
        ranked.kpi_id,
        ranked.key_result_name,
        ranked.owner,
        ranked.dimension,
        ranked.dimension_value,
        ranked.period_grain,
        ranked.metric_type,
        ranked.indicator_type,
        ranked.weight,
        ranked.start_date,
        ranked.due_date,
        ranked.ended_on,
        ranked.end_reason,
        ranked.seeded_baseline_value,
        ranked.measured_baseline_value,
        ranked.commit_value,
        ranked.stretch_value,
        ranked.target_revision,
        ranked.target_valid_from,
        ranked.target_reason,
        ranked.chance_without_change,
        first_versions.actual_value,
        first_versions.value_date,
        first_versions.value_age_days,
        first_versions.baseline_value,
        first_versions.target_value,
        first_versions.original_target_value,
        first_versions.lower_bound,
        first_versions.upper_bound,
        first_versions.periods_measured,
        first_versions.periods_met,
        first_versions.progress_raw,
        first_versions.progress_vs_original,
        first_versions.elapsed_share,
        first_versions.expected_progress,
        first_versions.pace_gap,
        first_versions.status,
        first_versions.status_rule,
        first_versions.confidence,
        first_versions.is_target_met,
        first_versions.first_met_date,
        first_versions.reported_value,
        first_versions.reported_progress,
        first_versions.ended_input,
        first_versions.ended_input_day,
        first_versions.ended_input_max_age_days,
        first_versions.dbt_valid_from,
        ranked.is_deleted,
        -- while what decides a number is the same, the days before are still told
        (
            ranked.is_deleted
            or {{ differ('ranked.kpi_id', 'facts_now.kpi_id') }}
            or {{ differ('ranked.dimension', 'facts_now.dimension') }}
            or {{ differ('ranked.dimension_value', 'facts_now.dimension_value') }}
            or {{ differ('ranked.period_grain', 'facts_now.period_grain') }}
            or {{ differ('ranked.metric_type', 'facts_now.metric_type') }}
            or {{ differ('ranked.start_date', 'facts_now.start_date') }}
            or {{ differ('ranked.due_date', 'facts_now.due_date') }}
            or {{ differ('ranked.ended_on', 'facts_now.ended_on') }}
            or {{ differ('ranked.seeded_baseline_value', 'facts_now.seeded_baseline_value') }}
            or {{ differ('ranked.target_value', 'facts_now.target_value') }}
            or {{ differ('ranked.original_target_value', 'facts_now.original_target_value') }}
            or {{ differ('ranked.lower_bound', 'facts_now.lower_bound') }}
            or {{ differ('ranked.upper_bound', 'facts_now.upper_bound') }}
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
