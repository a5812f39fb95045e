{{ config(enabled=okr_is_on()) }}

with

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

closed_now as (

    select distinct objective_id from {{ ref('int_okr__closed_now') }}

),

counts as (

    select
        objective_id,
        count(*) as number_of_key_results

    from key_results

    group by 1

),

final as (

    select
        objectives.objective_id,
        objectives.cycle_id,
        -- an objective below a key result belongs under that one's objective
        coalesce(objectives.parent_objective_id, key_results.objective_id)
            as parent_objective_id,
        objectives.parent_key_result_id,
        objectives.origin_kpi_id,
        objectives.objective_name,
        objectives.level,
        objectives.owner,
        objectives.objective_type,
        objectives.priority,
        cast(objectives.weight as numeric(38, 12)) as weight,
        -- an end that is yet to come is none
        case
            when objectives.ended_on <= {{ as_of_date() }}
                then objectives.ended_on
        end as ended_on,
        case
            when objectives.ended_on <= {{ as_of_date() }}
                then objectives.end_reason
        end as end_reason,
        cycles.cycle_name,
        cycles.cadence,
        cycles.parent_cycle_id,
        cycles.start_date as cycle_start_date,
        cycles.end_date as cycle_end_date,
        cycles.end_date <= {{ as_of_date() }} as is_over,
        closed_now.objective_id is not null as has_closed_key_result,
        coalesce(counts.number_of_key_results, 0) as number_of_key_results

    from objectives

    inner join cycles on objectives.cycle_id = cycles.cycle_id

    left join key_results
        on objectives.parent_key_result_id = key_results.key_result_id

    left join closed_now on objectives.objective_id = closed_now.objective_id

    left join counts on objectives.objective_id = counts.objective_id

)

select * from final
