{#- grain: key result: forecast with interval and odds while it is open, and the chance to be met without change -#}
{{ config(enabled=okr_is_on()) }}

with

windows as (

    select * from {{ ref('int_okr__windows') }}

),

forecasts as (

    select * from {{ ref('int_okr__forecasts') }}

),

without_change as (

    select
        *,
        {{ goal_bounds() }},
        case
            when metric_type in ('cumulative', 'cumulative_at_most')
                then periods_in_window * mean_before_start
            else mean_before_start
        end as value_without_change,
        -- of independent periods: a sum spreads with the root of their number, a mean as much less
        spread_before_start * case metric_type
            when 'cumulative' then sqrt(periods_in_window)
            when 'cumulative_at_most' then sqrt(periods_in_window)
            when 'average' then 1 / sqrt(periods_in_window)
            else 1
        end as spread_without_change

    from windows

    where
        periods_in_window > 0
        and points_before_start >= 6

),

chance_distances as (

    select
        *,
        {{ in_spreads(
            'value_without_change - lowest_that_meets', 'spread_without_change'
        ) }} as z_of_lower,
        {{ in_spreads(
            'highest_that_meets - value_without_change', 'spread_without_change'
        ) }} as z_of_upper

    from without_change

),

chances as (

    select
        key_result_id,
        power(
            {{ share_inside('z_of_lower', 'z_of_upper') }},
            -- a bound must hold in each period
            case
                when metric_type in ('at_least', 'at_most', 'range')
                    then periods_in_window
                else 1
            end
        ) as chance_without_change

    from chance_distances

),

forecast_distances as (

    select
        *,
        case
            when spread = 0 then 0
            else {{ t_of_80_percent('degrees') }} * spread
        end as half_width,
        {{ in_spreads(
            'forecast_value - lowest_that_meets', 'spread', 'degrees'
        ) }} as z_of_lower,
        {{ in_spreads(
            'highest_that_meets - forecast_value', 'spread', 'degrees'
        ) }} as z_of_upper

    from forecasts

),

forecasts_with_odds as (

    select
        *,
        case
            when is_won then 1
            when is_lost then 0
            when forecast_value is null or spread is null then null
            else {{ share_inside('z_of_lower', 'z_of_upper') }}
        end as probability_met,
        {{ forecast_reason() }} as forecast_reason

    from forecast_distances

),

final as (

    select
        windows.key_result_id,
        cast(forecasts_with_odds.forecast_value as numeric(38, 12)) as forecast_value,
        {{ clipped(
            '(forecasts_with_odds.forecast_value - forecasts_with_odds.half_width)', '<',
            'forecasts_with_odds.lowest_possible',
        ) }} as forecast_low,
        {{ clipped(
            '(forecasts_with_odds.forecast_value + forecasts_with_odds.half_width)', '>',
            'forecasts_with_odds.highest_possible',
        ) }} as forecast_high,
        cast(forecasts_with_odds.probability_met as numeric(38, 12)) as probability_met,
        forecasts_with_odds.forecast_reason,
        cast(chances.chance_without_change as numeric(38, 12))
            as chance_without_change

    from windows

    left join forecasts_with_odds
        on windows.key_result_id = forecasts_with_odds.key_result_id

    left join chances on windows.key_result_id = chances.key_result_id

)

select * from final
