{#- grain: objective of a cycle that is over -#}
{{ config(enabled=okr_is_on()) }}

with

objectives as (

    select * from {{ ref('okr__objective_attainment') }}

),

key_results as (

    select * from {{ ref('okr__key_result_attainment') }}

),

cycles as (

    select * from {{ ref('okr__cycles') }}

),

closed_cycles as (

    select
        cycles.cycle_id,
        cycles.end_date,
        next_cycles.cycle_id as next_cycle_id,
        row_number() over (
            partition by cycles.cycle_id
            order by next_cycles.start_date, next_cycles.cycle_id
        ) as cycles_ahead

    from cycles

    left join cycles as next_cycles -- noqa: AL07
        on cycles.cadence = next_cycles.cadence
        and cycles.end_date < next_cycles.start_date

    where cycles.end_date <= {{ as_of_date() }}

),

counted as (

    select
        objective_id,
        sum(case when is_met_at_close then 1 else 0 end)
            as key_results_met_at_close,
        sum(case when first_met_date is not null then 1 else 0 end)
            as key_results_met_at_some_time,
        sum(case when is_restated then 1 else 0 end) as key_results_restated

    from key_results

    group by 1

),

closed as (

    select
        objectives.*,
        closed_cycles.end_date as closed_on,
        coalesce(counted.key_results_met_at_close, 0)
            as key_results_met_at_close,
        coalesce(counted.key_results_met_at_some_time, 0)
            as key_results_met_at_some_time,
        coalesce(counted.key_results_restated, 0) as key_results_restated,
        case
            when objectives.grade = 'green' then 'achieved'
            when objectives.objective_type = 'aspirational' then 'carried_over'
            else 'missed'
        end as outcome,
        closed_cycles.next_cycle_id

    from objectives

    inner join closed_cycles
        on objectives.cycle_id = closed_cycles.cycle_id
        and closed_cycles.cycles_ahead = 1

    left join counted on objectives.objective_id = counted.objective_id

),

final as (

    select
        objective_id,
        objective_name,
        cycle_id,
        cycle_name,
        level,
        owner,
        objective_type,
        closed_on,
        score,
        expected_score,
        grade,
        key_results_total,
        key_results_scored,
        cast(key_results_met_at_close as bigint) as key_results_met_at_close,
        cast(key_results_met_at_some_time as bigint)
            as key_results_met_at_some_time,
        cast(key_results_restated as bigint) as key_results_restated,
        outcome,
        case when outcome = 'carried_over' then next_cycle_id end
            as carried_over_to_cycle_id,
        {{ outcome_reason() }} as outcome_reason

    from closed

)

select * from final
