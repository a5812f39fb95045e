{#- grain: objective, key result or check-in whose place or weight can't be -#}
{{ config(enabled=okr_is_on()) }}

with

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

check_ins as (

    select *

    from {{ optional_input('okr_check_ins', {
        'key_result_id': dbt.type_string(),
        'confidence': 'numeric(28, 10)',
        'check_in_date': 'date',
    }) }} as check_ins

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

    union all

    select
        'weight' as rule_id,
        'objective ' || objective_id as object,
        'the weights of its key results are all 0' as message,
        'Give at least one key result a weight, or leave them empty for 1.'
            as how_to_mend

    from key_results

    group by objective_id

    having max(weight) = 0

    {% for input in ['objective', 'key_result'] -%}
    union all

    select
        'weight' as rule_id,
        '{{ input | replace("_", " ") }} ' || {{ input }}_id as object,
        'its weight is below 0 or not a number' as message,
        'Write a number from 0 on, or leave it empty for 1.' as how_to_mend

    from {{ input }}s

    where
        weight < 0
        or is_weight_unreadable

    {% endfor -%}
    union all

    select
        'check_in' as rule_id,
        'key result ' || key_result_id as object,
        'a check-in has no readable check_in_date, or a confidence outside 0 to 1'
            as message,
        'Write the date as 2026-07-01 and the confidence as 0.7.'
            as how_to_mend

    from check_ins

    where
        check_in_date is null
        or confidence < 0
        or confidence > 1

)

select * from final
