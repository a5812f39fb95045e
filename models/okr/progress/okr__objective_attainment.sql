{#- grain: objective -#}
{{ config(enabled=okr_is_on()) }}

with

objectives as (

    select * from {{ ref('okr__objectives') }}

),

cycles as (

    select * from {{ ref('okr__cycles') }}

),

key_results as (

    select * from {{ ref('okr__key_results') }}

),

guardrails as (

    select * from {{ ref('okr__guardrails') }}

),

scores as (

    select * from {{ ref('int_okr__objective_scores') }}

),

own_scores as (

    select
        scores.*,
        {{ ratio('scores.own_weighted_score', 'scores.own_weight') }} as score,
        case
            when objectives.ended_on is not null then 'closed'
            {%- for status in statuses() %}
            when scores.worst_status_rank = {{ loop.index }}
                then '{{ status }}'
            {%- endfor %}
        end as worst_status

    from scores

    inner join objectives on scores.objective_id = objectives.objective_id

),

cascade_scores as (

    select * from {{ ref('int_okr__cascade') }}

),

breaches as (

    select
        guardrails.objective_id,
        count(*) as guardrails_breached,
        min(guardrails.kpi_name || ' of ' || guardrails.key_result_id)
            as first_guardrail

    from guardrails

    inner join key_results
        on guardrails.key_result_id = key_results.key_result_id

    where
        guardrails.is_breached
        and key_results.ended_on is null

    group by 1

),

final as (

    select
        objectives.objective_id,
        objectives.objective_name,
        objectives.parent_objective_id,
        objectives.cycle_id,
        cycles.cycle_name,
        objectives.level,
        objectives.owner,
        objectives.objective_type,
        objectives.priority,
        objectives.origin_kpi_id,
        objectives.ended_on,
        objectives.end_reason,
        own_scores.score,
        cascade_scores.cascade_score,
        case
            when objectives.objective_type = 'aspirational'
                then cast(0.7 as numeric(38, 12))
            else cast(1 as numeric(38, 12))
        end as expected_score,
        own_scores.worst_status,
        {{ status_level('own_scores.worst_status') }} as worst_status_level,
        case
            when objectives.ended_on is not null then null
            when own_scores.last_due_date <= {{ as_of_date() }}
                then {{ grade('own_scores.score', 'objectives.objective_type') }}
        end as grade,
        own_scores.key_results_scored,
        own_scores.key_results_ended,
        own_scores.key_results_total,
        cast(coalesce(breaches.guardrails_breached, 0) as bigint)
            as guardrails_breached,
        {{ objective_reason() }} as status_reason

    from objectives

    inner join cycles on objectives.cycle_id = cycles.cycle_id

    inner join own_scores
        on objectives.objective_id = own_scores.objective_id

    inner join cascade_scores
        on objectives.objective_id = cascade_scores.objective_id

    left join breaches on objectives.objective_id = breaches.objective_id

)

select * from final
