{#- grain: objective: what its own key results add up to -#}
{{ config(enabled=okr_is_on()) }}

with

objectives as (

    select * from {{ ref('okr__objectives') }}

),

key_results as (

    select
        *,
        {{ status_rank('status') }} as status_rank

    from {{ ref('okr__key_result_attainment') }}

),

final as (

    select
        objectives.objective_id,
        min(objectives.parent_objective_id) as parent_objective_id,
        min(objectives.weight) as weight,
        -- a key result without a score has no weight either
        coalesce(sum(key_results.weight * key_results.score), 0)
            as own_weighted_score,
        coalesce(
            sum(
                case
                    when key_results.score is not null
                        then key_results.weight
                end
            ), 0
        ) as own_weight,
        min(key_results.status_rank) as worst_status_rank,
        max(key_results.due_date) as last_due_date,
        count(key_results.score) as key_results_scored,
        count(key_results.key_result_id) as key_results_total

    from objectives

    left join key_results
        on objectives.objective_id = key_results.objective_id

    group by objectives.objective_id

)

select * from final
