{{ config(enabled=okr_is_on()) }}

with

facts as (

    select * from {{ ref('int_okr__key_result_facts') }}

),

frozen as (

    select * from {{ ref('int_okr__frozen_key_results') }}

),

all_rows as (

    select
        facts.key_result_id,
        facts.objective_id,
        facts.cycle_id,
        facts.kpi_id,
        facts.key_result_name,
        facts.owner,
        facts.dimension,
        facts.dimension_value,
        facts.period_grain,
        facts.metric_type,
        facts.indicator_type,
        facts.weight,
        facts.start_date,
        facts.due_date,
        facts.ended_on,
        facts.end_reason,
        facts.baseline_value,
        facts.measured_baseline_value,
        facts.target_value,
        facts.original_target_value,
        facts.commit_value,
        facts.stretch_value,
        facts.lower_bound,
        facts.upper_bound,
        facts.target_revision,
        facts.target_valid_from,
        facts.target_reason

    from facts

    left join frozen on facts.key_result_id = frozen.key_result_id

    where frozen.key_result_id is null

    union all

    select
        key_result_id,
        objective_id,
        cycle_id,
        kpi_id,
        key_result_name,
        owner,
        dimension,
        dimension_value,
        period_grain,
        metric_type,
        indicator_type,
        weight,
        start_date,
        due_date,
        ended_on,
        end_reason,
        baseline_value,
        measured_baseline_value,
        target_value,
        original_target_value,
        commit_value,
        stretch_value,
        lower_bound,
        upper_bound,
        target_revision,
        target_valid_from,
        target_reason

    from frozen

),

final as (

    select
        key_result_id,
        objective_id,
        cycle_id,
        kpi_id,
        key_result_name,
        owner,
        dimension,
        dimension_value,
        period_grain,
        metric_type,
        indicator_type,
        cast(weight as numeric(38, 12)) as weight,
        start_date,
        due_date,
        ended_on,
        end_reason,
        cast(baseline_value as numeric(38, 12)) as baseline_value,
        cast(measured_baseline_value as numeric(38, 12)) as measured_baseline_value,
        cast(target_value as numeric(38, 12)) as target_value,
        cast(original_target_value as numeric(38, 12)) as original_target_value,
        cast(commit_value as numeric(38, 12)) as commit_value,
        cast(stretch_value as numeric(38, 12)) as stretch_value,
        cast(lower_bound as numeric(38, 12)) as lower_bound,
        cast(upper_bound as numeric(38, 12)) as upper_bound,
        target_revision,
        target_valid_from,
        target_reason

    from all_rows

)

select * from final
