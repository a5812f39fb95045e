{#- grain: key result: the latest row of its progress, with the names a reader needs -#}
{{ config(enabled=okr_is_on()) }}
{%- set is_closed = "progress.period_end >= key_results.due_date and progress.status != 'closed'" %}

with

progress as (

    select * from {{ ref('okr__key_result_progress') }}

),

key_results as (

    select * from {{ ref('okr__key_results') }}

),

{% for model in ['objectives', 'cycles'] -%}
{{ model }} as (

    select * from {{ ref('okr__' ~ model) }}

),

{% endfor -%}
kpis as (

    select * from {{ ref('kpi__catalog') }}

),

frozen as (

    select * from {{ ref('int_okr__frozen_key_results') }}

),

outlooks as (

    select * from {{ ref('int_okr__outlooks') }}

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
        {% for column in ['objective_name', 'level', 'objective_type'] -%}
        objectives.{{ column }},
        {% endfor -%}
        key_results.cycle_id,
        cycles.cycle_name,
        key_results.owner,
        key_results.kpi_id,
        kpis.kpi_name,
        kpis.unit,
        {% for column in [
            'dimension', 'dimension_value', 'period_grain', 'metric_type',
            'weight', 'start_date', 'due_date', 'ended_on', 'end_reason'
        ] -%}
        key_results.{{ column }},
        {% endfor -%}
        progress.period_end,
        progress.actual_value,
        {{ number_text('progress.actual_value', 'kpis.unit') }} as actual_text,
        {% for column in [
            'value_date', 'value_age_days', 'baseline_value', 'target_value',
            'original_target_value', 'lower_bound', 'upper_bound'
        ] -%}
        progress.{{ column }},
        {% endfor -%}
        {{ target_text('key_results', 'progress', 'kpis.unit') }} as target_text,
        {% for column in [
            'periods_measured', 'periods_met', 'progress_raw', 'score',
            'score_vs_original', 'elapsed_share', 'expected_progress',
            'pace_gap', 'status', 'status_level', 'status_rule',
            'status_reason', 'confidence'
        ] -%}
        progress.{{ column }},
        {% endfor -%}
        {% for column in ['forecast_value', 'forecast_low', 'forecast_high', 'probability_met', 'forecast_reason'] -%}
        outlooks.{{ column }},
        {% endfor -%}
        coalesce(
            outlooks.chance_without_change, frozen.chance_without_change
        ) as chance_without_change,
        progress.is_met,
        {% for column in [
            'is_regressed', 'is_restated', 'restated_value', 'restated_score',
            'first_met_date'
        ] -%}
        progress.{{ column }},
        {% endfor -%}
        case when {{ is_closed }} then progress.is_met end as is_met_at_close,
        case
            when {{ is_closed }}
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
        and frozen.key_result_id is null

    left join guardrails
        on progress.key_result_id = guardrails.key_result_id

    where progress.is_latest

)

select * from final
