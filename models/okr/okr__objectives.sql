{#- grain: objective -#}
{{ config(enabled=okr_is_on()) }}
-- depends_on: {{ ref('int_kpi__gate') }}

with

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

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
        cast(objectives.weight as numeric(38, 12)) as weight

    from objectives

    left join key_results
        on objectives.parent_key_result_id = key_results.key_result_id

)

select * from final
