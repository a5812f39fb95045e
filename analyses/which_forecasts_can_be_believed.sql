-- Which key results will be met, which would luck meet, and can the forecast be believed? Each open one beside what its
-- forecast was worth on the KPI's own past, over all elapsed shares.
{{ config(enabled=okr_is_on()) }}
with

attainment as (

    select * from {{ ref('okr__key_result_attainment') }}

),

backtest as (

    select
        key_result_id,
        sum(cases) as cases,
        sum(bias * cases) / sum(cases) as bias,
        sum(interval_coverage * cases) / sum(cases) as interval_coverage,
        sum(reds) as reds,
        sum(reds_met) as reds_met

    from {{ ref('okr__pace_backtest') }}

    group by 1

),

final as (

    select
        attainment.key_result_id,
        attainment.key_result_name,
        attainment.status,
        attainment.actual_value,
        attainment.target_value,
        attainment.forecast_value,
        attainment.forecast_low,
        attainment.forecast_high,
        attainment.probability_met,
        attainment.chance_without_change,
        attainment.guardrail_breached,
        backtest.cases,
        backtest.bias,
        backtest.interval_coverage,
        backtest.reds,
        backtest.reds_met

    from attainment

    left join backtest on attainment.key_result_id = backtest.key_result_id

    where attainment.forecast_value is not null

)

select * from final

order by probability_met
