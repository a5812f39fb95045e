{{ config(enabled=okr_is_on()) }}

with

windows as (

    select * from {{ ref('int_okr__windows') }}

),

forecasts as (

    select * from {{ ref('int_okr__forecasts') }}

),

-- two values that may miss a goal: the forecast, and what came before the start, gone on without change
expectations as (

    select
        key_result_id,
        'forecast' as expected_from,
        forecast_value as expected_value,
        spread,
        degrees,
        lowest_that_meets,
        highest_that_meets

    from forecasts

    union all

    select
        key_result_id,
        'no_change' as expected_from,
        mean_before_start * case
            when metric_type in ('cumulative', 'cumulative_at_most')
                then periods_in_window
            else 1
        end as expected_value,
        -- of independent periods: a sum spreads with the root of their number, a mean as much less
        spread_before_start * case metric_type
            when 'cumulative' then sqrt(periods_in_window)
            when 'cumulative_at_most' then sqrt(periods_in_window)
            when 'average' then 1 / sqrt(periods_in_window)
            else 1
        end as spread,
        cast(null as integer) as degrees,
        lowest_that_meets,
        highest_that_meets

    from windows

    where
        periods_in_window > 0
        and points_before_start >= 6

),

-- how far the value is on the right side of either edge of the goal
distances as (

    select
        key_result_id,
        expected_from,
        spread,
        degrees,
        expected_value - lowest_that_meets as distance

    from expectations

    union all

    select
        key_result_id,
        expected_from,
        spread,
        degrees,
        highest_that_meets - expected_value as distance

    from expectations

),

-- in spreads; a spread known from few past errors makes Student's t of it
distances_in_spreads as (

    select
        *,
        distance / nullif(spread, 0) as t

    from distances

),

-- as a normal's distance: wrong by 0.002 at most from 6 degrees of freedom on
normal_distances as (

    select
        *,
        case
            when spread = 0 and distance >= 0 then 9
            when spread = 0 and distance < 0 then -9
            when degrees is null then t
            else
                t * (1 - 1.0 / (4 * degrees))
                / sqrt(1 + t * t / (2.0 * degrees))
        end as z

    from distances_in_spreads

),

-- beyond 9 there is no doubt, and an engine may call the exponential an underflow
clipped as (

    select
        key_result_id,
        expected_from,
        case when z > 9 then 9e0 when z < -9 then -9e0 else z end as z

    from normal_distances

),

with_term as (

    select
        *,
        1 / (1 + 0.2316419 * abs(z)) as term

    from clipped

),

-- the share of a standard normal beyond z: Abramowitz and Stegun 26.2.17, wrong by 7.5e-8 at most
with_tail as (

    select
        *,
        exp(-z * z / 2) * 0.3989422804014327 * term * (
            0.319381530 + term * (
                -0.356563782 + term * (
                    1.781477937 + term * (-1.821255978 + term * 1.330274429)
                )
            )
        ) as tail

    from with_term

),

-- inside both edges; one that isn't there leaves nothing out
chances as (

    select
        key_result_id,
        expected_from,
        sum(case when z < 0 then tail when z >= 0 then 1 - tail else 1 end) - 1
            as chance

    from with_tail

    group by 1, 2

),

chances_without_change as (

    select
        chances.key_result_id,
        -- a bound must hold in each period
        power(
            chances.chance,
            case
                when windows.metric_type in ('at_least', 'at_most', 'range')
                    then windows.periods_in_window
                else 1
            end
        ) as chance

    from chances

    inner join windows on chances.key_result_id = windows.key_result_id

    where chances.expected_from = 'no_change'

),

forecasts_with_odds as (

    select
        forecasts.*,
        case
            when forecasts.spread = 0 then 0
            else {{ t_of_80_percent('forecasts.degrees') }} * forecasts.spread
        end as half_width,
        case
            when forecasts.is_won then 1
            when forecasts.is_lost then 0
            when forecasts.forecast_value is null or forecasts.spread is null
                then null
            else chances.chance
        end as probability_met,
        {{ say_case('forecasts', {
            'milestone': "forecasts.metric_type = 'milestone'",
            'nothing_measured': "forecasts.forecast_value is null and forecasts.method = 'run_rate'",
            'too_few_periods': 'forecasts.forecast_value is null',
            'last_period_complete': 'forecasts.spread = 0',
            'run_rate': "forecasts.method = 'run_rate' and forecasts.spread is not null",
            'run_rate.no_interval': "forecasts.method = 'run_rate'",
            'trend': 'forecasts.spread is not null',
            'trend.no_interval': none,
        }, {'cases': as_text('forecasts.cases')}) }} as forecast_reason

    from forecasts

    inner join chances
        on forecasts.key_result_id = chances.key_result_id
        and chances.expected_from = 'forecast'

),

with_interval as (

    select
        *,
        forecast_value - half_width as low,
        forecast_value + half_width as high

    from forecasts_with_odds

),

final as (

    select
        windows.key_result_id,
        cast(with_interval.forecast_value as numeric(38, 12)) as forecast_value,
        cast(
            case
                when with_interval.low < with_interval.lowest_possible
                    then with_interval.lowest_possible
                else with_interval.low
            end as numeric(38, 12)
        ) as forecast_low,
        cast(
            case
                when with_interval.high > with_interval.highest_possible
                    then with_interval.highest_possible
                else with_interval.high
            end as numeric(38, 12)
        ) as forecast_high,
        cast(with_interval.probability_met as numeric(38, 12)) as probability_met,
        with_interval.forecast_reason,
        cast(chances_without_change.chance as numeric(38, 12))
            as chance_without_change

    from windows

    left join with_interval
        on windows.key_result_id = with_interval.key_result_id

    left join chances_without_change
        on windows.key_result_id = chances_without_change.key_result_id

)

select * from final
