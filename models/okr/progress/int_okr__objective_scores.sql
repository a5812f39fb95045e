{{ config(enabled=okr_is_on()) }}

with

objectives as (

    select * from {{ ref('okr__objectives') }}

),

key_results as (

    select
        *,
        -- the worst first: known to be bad, not known, good, ended early
        case status
            when 'missed' then 1
            when 'off_track' then 2
            when 'at_risk' then 3
            when 'unreliable' then 4
            when 'no_data' then 5
            when 'not_started' then 6
            when 'on_track' then 7
            when 'achieved' then 8
            when 'closed' then 9
        end as status_rank

    from {{ ref('okr__key_result_attainment') }}

),

parents as (

    select * from {{ ref('okr__objectives') }}

),

joined as (

    select
        objectives.objective_id,
        objectives.weight as objective_weight,
        -- what was ended counts in no parent, and nothing in what was ended
        case
            when objectives.ended_on is null and parents.ended_on is null
                then objectives.parent_objective_id
        end as parent_objective_id,
        key_results.key_result_id,
        key_results.weight,
        key_results.score,
        key_results.status_rank,
        key_results.due_date,
        key_results.ended_on,
        -- an objective that was ended shows what it had come to, without what was ended before it
        key_results.ended_on is null
        or coalesce(objectives.ended_on <= key_results.ended_on, false)
            as is_counted

    from objectives

    left join parents
        on objectives.parent_objective_id = parents.objective_id

    left join key_results
        on objectives.objective_id = key_results.objective_id

),

final as (

    select
        objective_id,
        min(parent_objective_id) as parent_objective_id,
        min(objective_weight) as weight,
        -- a key result without a score has no weight either
        coalesce(sum(case when is_counted then weight * score end), 0)
            as own_weighted_score,
        coalesce(
            sum(
                case when is_counted and score is not null then weight end
            ), 0
        ) as own_weight,
        min(case when is_counted then status_rank end) as worst_status_rank,
        max(due_date) as last_due_date,
        count(case when is_counted then score end) as key_results_scored,
        count(ended_on) as key_results_ended,
        count(key_result_id) as key_results_total

    from joined

    group by 1

)

select * from final
