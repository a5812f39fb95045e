{#- grain: owner with too much at once, objective with too many key results or none, row without an owner -#}
{{ config(enabled=okr_is_on()) }}

with

{% for input in ['cycles', 'objectives', 'key_results'] -%}
staged_{{ input }} as (

    select * from {{ ref('stg_okr__' ~ input) }}

),

{% endfor -%}
objectives as (

    select
        staged_objectives.*,
        {{ severity_until('staged_cycles.end_date') }} as severity,
        coalesce({{ as_of_date() }} between staged_cycles.start_date and staged_cycles.end_date, false) as is_active

    from staged_objectives

    left join staged_cycles on staged_objectives.cycle_id = staged_cycles.cycle_id

    -- what was ended early takes nobody's time
    where coalesce(staged_objectives.ended_on > {{ as_of_date() }}, true)

),

key_results as (

    select
        staged_key_results.*,
        coalesce(objectives.severity, 'warning') as severity

    from staged_key_results

    left join objectives on staged_key_results.objective_id = objectives.objective_id

    where coalesce(staged_key_results.ended_on > {{ as_of_date() }}, true)

),

key_result_counts as (

    select
        objective_id,
        count(*) as key_results

    from key_results

    group by 1

),

served_objectives as (

    select distinct parent_objective_id

    from objectives

    where parent_objective_id is not null

),

final as (

    select
        'too_many_objectives' as rule_id,
        'warning' as severity,
        'owner ' || owner as object,
        'has ' || {{ dbt.safe_cast('count(*)', dbt.type_string()) }}
        || ' active objectives, more than 3' as message,
        'Keep three: hand the others over, or put them off to a later cycle.'
            as how_to_mend

    from objectives

    where is_active

    group by owner

    having
        count(*) > 3
        and owner is not null

    union all

    select
        'too_many_key_results' as rule_id,
        objectives.severity,
        'objective ' || objectives.objective_id as object,
        'it has '
        || {{ dbt.safe_cast('key_result_counts.key_results', dbt.type_string()) }}
        || ' key results, more than 5' as message,
        'Keep the five that say most.' as how_to_mend

    from objectives

    inner join key_result_counts
        on objectives.objective_id = key_result_counts.objective_id

    where key_result_counts.key_results > 5

    union all

    select
        'objective_without_key_results' as rule_id,
        objectives.severity,
        'objective ' || objectives.objective_id as object,
        'it has no key result, and no objective serves it' as message,
        'Add the key result that would show it is reached.' as how_to_mend

    from objectives

    left join key_result_counts
        on objectives.objective_id = key_result_counts.objective_id

    -- one that others serve is measured by theirs
    left join served_objectives
        on objectives.objective_id = served_objectives.parent_objective_id

    where
        key_result_counts.objective_id is null
        and served_objectives.parent_objective_id is null

    {% for input in ['objective', 'key_result'] -%}
    union all

    select
        'owner_missing' as rule_id,
        severity,
        '{{ input | replace("_", " ") }} ' || {{ input }}_id as object,
        'nobody answers for it: its owner is empty' as message,
        'Write the one person or team who does.' as how_to_mend

    from {{ input }}s

    where owner is null

    {% endfor %}
)

select * from final
