{{ config(enabled=okr_is_on()) }}

with

facts as (

    select * from {{ ref('int_okr__objective_facts') }}

),

frozen as (

    select * from {{ ref('int_okr__frozen_objectives') }}

),

all_rows as (

    select
        facts.objective_id,
        facts.cycle_id,
        facts.parent_objective_id,
        facts.parent_key_result_id,
        facts.origin_kpi_id,
        facts.objective_name,
        facts.level,
        facts.owner,
        facts.objective_type,
        facts.priority,
        facts.weight,
        facts.ended_on,
        facts.end_reason

    from facts

    left join frozen on facts.objective_id = frozen.objective_id

    where frozen.objective_id is null

    union all

    select
        objective_id,
        cycle_id,
        parent_objective_id,
        parent_key_result_id,
        origin_kpi_id,
        objective_name,
        level,
        owner,
        objective_type,
        priority,
        weight,
        ended_on,
        end_reason

    from frozen

),

final as (

    select
        all_rows.objective_id,
        all_rows.cycle_id,
        -- null where the parent's row is gone
        parents.objective_id as parent_objective_id,
        all_rows.parent_key_result_id,
        all_rows.origin_kpi_id,
        all_rows.objective_name,
        all_rows.level,
        all_rows.owner,
        all_rows.objective_type,
        all_rows.priority,
        all_rows.weight,
        all_rows.ended_on,
        all_rows.end_reason

    from all_rows

    left join all_rows as parents -- noqa: AL07
        on all_rows.parent_objective_id = parents.objective_id

)

select * from final
