{{ config(enabled=okr_is_on()) }}

with

progress as (

    select * from {{ ref('int_okr__progress') }}

),

key_results as (

    select * from {{ ref('int_okr__key_results') }}

),

forecasts as (

    select * from {{ ref('int_okr__forecasts') }}

),

odds as (

    select * from {{ ref('int_okr__odds') }}

),

joined as (

    select
        progress.key_result_id,
        progress.day,
        forecasts.forecast_value,
        forecasts.forecast_low,
        forecasts.forecast_high,
        forecasts.past_cases,
        forecasts.cases,
        forecasts.tested_cases,
        forecasts.covered_cases,
        case
            when forecasts.is_won then 1
            when forecasts.is_lost then 0
            when forecasts.is_settled
                then case when progress.is_target_met then 1 else 0 end
            -- odds are said where the intervals have shown what they are worth
            when
                forecasts.cases >= 8
                and forecasts.covered_share between 0.6 and 0.95
                then odds.chance
        end as probability_met,
        chances.chance as chance_without_change,
        key_results.metric_type,
        coalesce(
            progress.day >= key_results.due_date
            or progress.day >= key_results.ended_on, false
        ) as is_over,
        coalesce(forecasts.is_settled, false) as is_settled,
        forecasts.covered_share between 0.6 and 0.95 as is_honest

    from progress

    inner join key_results on progress.key_result_id = key_results.key_result_id

    left join forecasts
        on progress.key_result_id = forecasts.key_result_id
        and progress.day = forecasts.day
        and not forecasts.is_at_start

    left join odds
        on progress.key_result_id = odds.key_result_id
        and progress.day = odds.day
        and not odds.is_at_start

    left join odds as chances -- noqa: AL07
        on progress.key_result_id = chances.key_result_id
        and chances.is_at_start

),

final as (

    select
        key_result_id,
        day,
        cast(forecast_value as numeric(38, 12)) as forecast_value,
        cast(forecast_low as numeric(38, 12)) as forecast_low,
        cast(forecast_high as numeric(38, 12)) as forecast_high,
        cast(probability_met as numeric(38, 12)) as probability_met,
        case
            when not is_over then {{ say_case('forecasts', {
                'milestone': "metric_type = 'milestone'",
                'nothing_measured': 'forecast_value is null',
                'last_period_complete': 'is_settled',
                'no_interval': 'past_cases < 6',
                'forecast.too_few_for_odds': 'cases < 8',
                'forecast': 'is_honest',
                'forecast.no_odds': none,
            }, {
                'cases': as_text('past_cases'),
                'tested': as_text('tested_cases'),
                'covered': as_text('cast(covered_cases as integer)'),
            }) }}
        end as forecast_reason,
        cast(chance_without_change as numeric(38, 12))
            as chance_without_change

    from joined

)

select * from final
