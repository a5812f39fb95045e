{{ config(enabled=okr_is_on()) }}

with

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

parents as (

    select
        objectives.objective_id,
        coalesce(objectives.parent_objective_id, key_results.objective_id)
            as parent_id

    from objectives

    left join key_results
        on objectives.parent_key_result_id = key_results.key_result_id

),

ancestors as (

    select
        parents.objective_id,
        parents.parent_id as ancestor_1,
        step_1.parent_id as ancestor_2,
        step_2.parent_id as ancestor_3,
        step_3.parent_id as ancestor_4,
        step_4.parent_id as ancestor_5

    from parents

    left join parents as step_1 on parents.parent_id = step_1.objective_id

    left join parents as step_2 on step_1.parent_id = step_2.objective_id

    left join parents as step_3 on step_2.parent_id = step_3.objective_id

    left join parents as step_4 on step_3.parent_id = step_4.objective_id

),

final as (

    select
        {{ finding('parent_chain', say('objects', 'objective', {'id': 'objective_id'})) }}

    from ancestors

    where
        ancestor_5 is not null
        or objective_id in (
            ancestor_1, ancestor_2, ancestor_3, ancestor_4
        )

    union all

    select
        {{ finding('two_parents', say('objects', 'objective', {'id': 'objective_id'})) }}

    from objectives

    where
        parent_objective_id is not null
        and parent_key_result_id is not null

)

select * from final
