{#- grain: objective whose place in the tree can't be -#}
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
        {% for step in range(1, 6) -%}
        step_{{ step }}.parent_id as ancestor_{{ step + 1 }},
        {% endfor -%}
        parents.parent_id as ancestor_1

    from parents

    {% for step in range(1, 6) -%}
    left join parents as step_{{ step }}
        on {{ 'parents' if step == 1 else 'step_' ~ (step - 1) }}.parent_id
        = step_{{ step }}.objective_id

    {% endfor %}
),

final as (

    select
        'parent_chain' as rule_id,
        'objective ' || objective_id as object,
        'its parents go round in a circle, or stand more than five levels deep'
            as message,
        'Clear or change a parent_objective_id or parent_key_result_id.'
            as how_to_mend

    from ancestors

    where
        ancestor_5 is not null
        or objective_id in (
            ancestor_1, ancestor_2, ancestor_3, ancestor_4
        )

    union all

    select
        'two_parents' as rule_id,
        'objective ' || objective_id as object,
        'it has a parent_objective_id and a parent_key_result_id' as message,
        'Keep one of them.' as how_to_mend

    from objectives

    where
        parent_objective_id is not null
        and parent_key_result_id is not null

)

select * from final
