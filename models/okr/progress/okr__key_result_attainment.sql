{{ config(enabled=okr_is_on()) }}

with

progress as (

    select * from {{ ref('okr__key_result_progress') }}

    where is_latest

),

key_results as (

    select * from {{ ref('okr__key_results') }}

),

objectives as (

    select * from {{ ref('okr__objectives') }}

),

cycles as (

    select * from {{ ref('okr__cycles') }}

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

frozen as (

    select * from {{ ref('int_okr__frozen_key_results') }}

),

outlooks as (

    select * from {{ ref('int_okr__outlooks') }}

),

movements as (

    select * from {{ ref('int_okr__movements') }}

),

guardrails as (

    select
        key_result_id,
        max(
            case when is_breached then 1 when not is_breached then 0 end
        ) = 1 as guardrail_breached

    from {{ ref('okr__guardrails') }}

    group by 1

),

final as (

    select
        progress.key_result_id,
        key_results.key_result_name,
        key_results.objective_id,
        objectives.objective_name,
        objectives.level,
        objectives.objective_type,
        key_results.cycle_id,
        cycles.cycle_name,
        key_results.owner,
        key_results.kpi_id,
        kpis.kpi_name,
        kpis.unit,
        key_results.dimension,
        key_results.dimension_value,
        key_results.period_grain,
        key_results.metric_type,
        key_results.weight,
        key_results.start_date,
        key_results.due_date,
        key_results.ended_on,
        key_results.end_reason,
        progress.period_end,
        progress.actual_value,
        {{ number_text('progress.actual_value', 'kpis.unit') }} as actual_text,
        progress.value_date,
        progress.value_age_days,
        progress.baseline_value,
        progress.target_value,
        progress.original_target_value,
        progress.lower_bound,
        progress.upper_bound,
        {{ say_case('targets', {
            'milestone': "key_results.metric_type = 'milestone'",
            'at_least': "key_results.metric_type = 'at_least'",
            'at_most': "key_results.metric_type = 'at_most'",
            'range': "key_results.metric_type = 'range'",
            'cumulative_at_most': "key_results.metric_type = 'cumulative_at_most'",
            'value': none,
        }, {
            'target': number_text('progress.target_value', 'kpis.unit'),
            'low': number_text('progress.lower_bound', 'kpis.unit'),
            'high': number_text('progress.upper_bound', 'kpis.unit'),
        }) }} as target_text,
        progress.periods_measured,
        progress.periods_met,
        progress.progress_raw,
        progress.score,
        progress.score_vs_original,
        progress.elapsed_share,
        progress.expected_progress,
        progress.pace_gap,
        progress.status,
        progress.status_level,
        progress.status_rule,
        progress.status_reason,
        progress.confidence,
        outlooks.forecast_value,
        outlooks.forecast_low,
        outlooks.forecast_high,
        outlooks.probability_met,
        outlooks.forecast_reason,
        coalesce(
            outlooks.chance_without_change, frozen.chance_without_change
        ) as chance_without_change,
        cast(movements.share_as_far as numeric(38, 12)) as movement_share,
        cast(movements.cases as bigint) as movement_cases,
        case
            when movements.cases is not null then {{ say_case('movements', {
                'moved': is_movement('movements.share_as_far'),
                'noise': none,
            }, {
                'from': number_text('movements.value_at_start', 'kpis.unit'),
                'to': number_text('movements.value_now', 'kpis.unit'),
                'periods': as_text('movements.periods'),
                'cases': as_text('movements.cases'),
                'as_far': as_text('movements.cases_as_far'),
            }) }}
        end as movement_evidence,
        movements.actual_low,
        movements.actual_high,
        progress.is_met,
        progress.is_regressed,
        progress.is_restated,
        progress.restated_value,
        progress.restated_score,
        progress.first_met_date,
        case
            when
                progress.period_end >= key_results.due_date
                and progress.status != 'closed'
                then progress.is_met
        end as is_met_at_close,
        case
            when
                progress.period_end >= key_results.due_date
                and progress.status != 'closed'
                then {{ grade('progress.score', 'objectives.objective_type') }}
        end as grade,
        guardrails.guardrail_breached

    from progress

    inner join key_results
        on progress.key_result_id = key_results.key_result_id

    inner join objectives on key_results.objective_id = objectives.objective_id

    inner join cycles on key_results.cycle_id = cycles.cycle_id

    left join kpis on key_results.kpi_id = kpis.kpi_id

    left join frozen on progress.key_result_id = frozen.key_result_id

    -- history has no outlook, whatever its id is used for now
    left join outlooks
        on progress.key_result_id = outlooks.key_result_id
        and progress.period_end = outlooks.day
        and frozen.key_result_id is null

    left join movements
        on progress.key_result_id = movements.key_result_id
        and (frozen.key_result_id is null or frozen.is_measured_as_now)

    left join guardrails
        on progress.key_result_id = guardrails.key_result_id

)

select * from final
