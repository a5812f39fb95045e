{{ config(enabled=okr_is_on()) }}

with

key_results as (

    select * from {{ ref('int_okr__key_results') }}

),

days as (

    select * from {{ ref('int_okr__days') }}

    where is_latest

),

targets as (

    select * from {{ ref('int_okr__targets') }}

),

final as (

    select
        key_results.key_result_id,
        key_results.objective_id,
        key_results.cycle_id,
        key_results.kpi_id,
        key_results.key_result_name,
        key_results.owner,
        key_results.dimension,
        key_results.dimension_value,
        key_results.period_grain,
        key_results.metric_type,
        key_results.indicator_type,
        cast(key_results.weight as numeric(38, 12)) as weight,
        key_results.start_date,
        key_results.due_date,
        key_results.ended_on,
        key_results.end_reason,
        cast(days.baseline_value as numeric(38, 12)) as baseline_value,
        cast(targets.baseline_value as numeric(38, 12))
            as seeded_baseline_value,
        cast(key_results.measured_baseline_value as numeric(38, 12))
            as measured_baseline_value,
        cast(days.target_value as numeric(38, 12)) as target_value,
        cast(days.original_target_value as numeric(38, 12))
            as original_target_value,
        cast(targets.commit_value as numeric(38, 12)) as commit_value,
        cast(targets.stretch_value as numeric(38, 12)) as stretch_value,
        cast(days.lower_bound as numeric(38, 12)) as lower_bound,
        cast(days.upper_bound as numeric(38, 12)) as upper_bound,
        cast(days.revision as integer) as target_revision,
        targets.valid_from as target_valid_from,
        targets.reason as target_reason

    from key_results

    inner join days on key_results.key_result_id = days.key_result_id

    left join targets
        on days.key_result_id = targets.key_result_id
        and days.revision = targets.revision

)

select * from final
