{{ config(enabled=okr_is_on()) }}

with

objectives as (

    select * from {{ ref('okr__objective_attainment') }}

),

cycles as (

    select * from {{ ref('okr__cycles') }}

),

closed_cycles as (

    select
        cycles.cycle_id,
        cycles.end_date,
        next_cycles.cycle_id as next_cycle_id,
        row_number() over (
            partition by cycles.cycle_id
            order by next_cycles.start_date, next_cycles.cycle_id
        ) as cycles_ahead

    from cycles

    left join cycles as next_cycles -- noqa: AL07
        on cycles.cadence = next_cycles.cadence
        and cycles.end_date < next_cycles.start_date

    where cycles.end_date <= {{ as_of_date() }}

),

counted as (

    select * from {{ ref('int_okr__closing_counts') }}

),

closed as (

    select
        objectives.*,
        coalesce(objectives.ended_on, closed_cycles.end_date) as closed_on,
        coalesce(counted.key_results_met_at_close, 0)
            as key_results_met_at_close,
        coalesce(counted.key_results_met_at_some_time, 0)
            as key_results_met_at_some_time,
        coalesce(counted.key_results_restated, 0) as key_results_restated,
        coalesce(counted.endings, '') as endings,
        case
            when objectives.worst_status = 'closed' then 'closed'
            when
                objectives.key_results_ended > 0
                and objectives.key_results_ended = objectives.key_results_total
                then 'closed'
            when objectives.grade = 'green' then 'achieved'
            when objectives.objective_type = 'aspirational' then 'carried_over'
            else 'missed'
        end as outcome,
        closed_cycles.next_cycle_id

    from objectives

    left join closed_cycles
        on objectives.cycle_id = closed_cycles.cycle_id
        and closed_cycles.cycles_ahead = 1

    left join counted on objectives.objective_id = counted.objective_id

    where
        closed_cycles.cycle_id is not null
        or objectives.ended_on is not null

),

final as (

    select
        objective_id,
        objective_name,
        cycle_id,
        cycle_name,
        level,
        owner,
        objective_type,
        closed_on,
        ended_on,
        end_reason,
        score,
        expected_score,
        grade,
        key_results_total,
        key_results_scored,
        key_results_ended,
        cast(key_results_met_at_close as bigint) as key_results_met_at_close,
        cast(key_results_met_at_some_time as bigint)
            as key_results_met_at_some_time,
        cast(key_results_restated as bigint) as key_results_restated,
        outcome,
        case when outcome = 'carried_over' then next_cycle_id end
            as carried_over_to_cycle_id,
        {{ say_case('objectives', {
            'ended_early': 'ended_on is not null',
            'all_ended': 'key_results_ended > 0 and key_results_ended = key_results_total',
            'met_and_lost': 'key_results_met_at_some_time > key_results_met_at_close',
            'met': none,
        }, {
            'ended_on': day_text('ended_on'),
            'end_reason': word('end_reason', 'end_reason'),
            'met': as_text('key_results_met_at_close'),
            'counted': as_text('key_results_total - key_results_ended'),
            'lost': as_text(
                'key_results_met_at_some_time - key_results_met_at_close'
            ),
        }) }}
        || case
            when endings != ''
                then {{ say('objectives', 'key_results_ended', {
                    'endings': 'endings',
                }) }}
            else ''
        end
        || {{ say_case('objectives', {
            'missed': "outcome = 'missed'",
            'carried_over.no_cycle': "outcome = 'carried_over' and next_cycle_id is null",
            'carried_over': "outcome = 'carried_over'",
            'over': none,
        }, {'next_cycle': 'next_cycle_id'}) }} as outcome_reason

    from closed

)

select * from final
