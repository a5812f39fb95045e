{{ config(enabled=okr_is_on()) }}

with

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

staged_objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

staged_key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

objectives as (

    select
        staged_objectives.*,
        cycles.end_date as last_day,
        {{ say('objects', 'objective', {'id': 'staged_objectives.objective_id'}) }} as object,
        coalesce({{ as_of_date() }} between cycles.start_date and cycles.end_date, false) as is_active

    from staged_objectives

    left join cycles on staged_objectives.cycle_id = cycles.cycle_id

    -- what was ended early takes nobody's time
    where coalesce(staged_objectives.ended_on > {{ as_of_date() }}, true)

),

key_results as (

    select
        staged_key_results.*,
        objectives.last_day,
        {{ say('objects', 'key_result', {'id': 'staged_key_results.key_result_id'}) }} as object

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

owned as (

    select
        object,
        owner,
        last_day

    from objectives

    union all

    select
        object,
        owner,
        last_day

    from key_results

),

final as (

    select
        {{ finding(
            'too_many_objectives', say('objects', 'owner', {'name': 'owner'}), {'count': as_text('count(*)')},
        ) }}

    from objectives

    where is_active

    group by owner

    having
        count(*) > {{ rule_limit('too_many_objectives') }}
        and owner is not null

    union all

    select
        {{ finding(
            'too_many_key_results', 'objectives.object', {'count': as_text('key_result_counts.key_results')},
            last_day='objectives.last_day',
        ) }}

    from objectives

    inner join key_result_counts
        on objectives.objective_id = key_result_counts.objective_id

    where key_result_counts.key_results > {{ rule_limit('too_many_key_results') }}

    union all

    select
        {{ finding('objective_without_key_results', 'objectives.object', last_day='objectives.last_day') }}

    from objectives

    left join key_result_counts
        on objectives.objective_id = key_result_counts.objective_id

    -- one that others serve is measured by theirs
    left join served_objectives
        on objectives.objective_id = served_objectives.parent_objective_id

    where
        key_result_counts.objective_id is null
        and served_objectives.parent_objective_id is null

    union all

    select
        {{ finding('owner_missing', 'object', last_day='last_day') }}

    from owned

    where owner is null

)

select * from final
