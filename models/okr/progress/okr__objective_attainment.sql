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

own_scores as (

    select * from {{ ref('int_okr__objective_scores') }}

),

cascade_scores as (

    select * from {{ ref('int_okr__cascade') }}

),

breaches as (

    select
        guardrails.objective_id,
        count(*) as guardrails_breached,
        min({{ say('objectives', 'breach', {
            'guardrail': 'guardrails.kpi_name',
            'key_result': 'guardrails.key_result_id',
        }) }}) as first_breach

    from guardrails

    inner join key_results
        on guardrails.key_result_id = key_results.key_result_id

    where
        guardrails.is_breached
        and key_results.ended_on is null

    group by 1

),

joined as (

    select
        objectives.*,
        cycles.cycle_name,
        {{ ratio('own_scores.own_weighted_score', 'own_scores.own_weight') }}
            as score,
        cascade_scores.cascade_score,
        own_scores.last_due_date,
        own_scores.key_results_scored,
        own_scores.key_results_ended,
        own_scores.key_results_total,
        coalesce(breaches.guardrails_breached, 0) as guardrails_breached,
        breaches.first_breach,
        case
            when objectives.ended_on is not null then 'closed'
            when own_scores.worst_status_rank = 1 then 'missed'
            when own_scores.worst_status_rank = 2 then 'off_track'
            when own_scores.worst_status_rank = 3 then 'at_risk'
            when own_scores.worst_status_rank = 4 then 'unreliable'
            when own_scores.worst_status_rank = 5 then 'no_data'
            when own_scores.worst_status_rank = 6 then 'not_started'
            when own_scores.worst_status_rank = 7 then 'on_track'
            when own_scores.worst_status_rank = 8 then 'achieved'
            when own_scores.worst_status_rank = 9 then 'closed'
        end as worst_status

    from objectives

    inner join cycles on objectives.cycle_id = cycles.cycle_id

    inner join own_scores
        on objectives.objective_id = own_scores.objective_id

    inner join cascade_scores
        on objectives.objective_id = cascade_scores.objective_id

    left join breaches on objectives.objective_id = breaches.objective_id

),

final as (

    select
        objective_id,
        objective_name,
        parent_objective_id,
        cycle_id,
        cycle_name,
        level,
        owner,
        objective_type,
        priority,
        origin_kpi_id,
        ended_on,
        end_reason,
        score,
        cascade_score,
        case
            when objective_type = 'aspirational'
                then cast(0.7 as numeric(38, 12))
            else cast(1 as numeric(38, 12))
        end as expected_score,
        worst_status,
        {{ status_level('worst_status') }} as worst_status_level,
        case
            when ended_on is not null then null
            when last_due_date <= {{ as_of_date() }}
                then {{ grade('score', 'objective_type') }}
        end as grade,
        key_results_scored,
        key_results_ended,
        key_results_total,
        cast(guardrails_breached as bigint) as guardrails_breached,
        {{ say_case('objectives', {
            'ended_early': 'ended_on is not null',
            'no_key_result': 'key_results_total = 0',
            'all_ended': 'key_results_ended = key_results_total',
            'all_achieved': "worst_status = 'achieved'",
            'worst': none,
        }, {
            'ended_on': day_text('ended_on'),
            'end_reason': word('end_reason', 'end_reason'),
            'status': word('status', 'worst_status'),
        }) }}
        || {{ say_case('objectives', {
            'no_breach': 'guardrails_breached = 0',
            'one_breach': 'guardrails_breached = 1',
            'several_breaches': none,
        }, {
            'breaches': as_text('guardrails_breached'),
            'breach': 'first_breach',
        }) }} as status_reason

    from joined

)

select * from final
