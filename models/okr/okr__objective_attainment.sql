{#- grain: objective -#}
{{ config(enabled=okr_is_on()) }}

with

objectives as (

    select * from {{ ref('okr__objectives') }}

),

cycles as (

    select * from {{ ref('okr__cycles') }}

),

own_scores as (

    select
        *,
        {{ ratio('own_weighted_score', 'own_weight') }} as score,
        case worst_status_rank
            {%- for status in statuses() %}
            when {{ loop.index }} then '{{ status }}'
            {%- endfor %}
        end as worst_status

    from {{ ref('int_okr__objective_scores') }}

),

cascade_scores as (

    select * from {{ ref('int_okr__cascade') }}

),

breaches as (

    select
        objective_id,
        count(*) as guardrails_breached,
        min(kpi_name || ' of ' || key_result_id) as first_guardrail

    from {{ ref('okr__guardrails') }}

    where is_breached

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
            when own_scores.last_due_date <= {{ as_of_date() }}
                then {{ grade('own_scores.score', 'objectives.objective_type') }}
        end as grade,
        own_scores.key_results_scored,
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
