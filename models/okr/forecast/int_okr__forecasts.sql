{{ config(enabled=okr_is_on()) }}

with

looks as (

    select * from {{ ref('int_okr__looks') }}

),

spreads as (

    select * from {{ ref('int_okr__spreads') }}

),

-- how forecasts so many periods ahead had done by then
tested as (

    select
        looks.key_result_id,
        looks.day,
        looks.is_at_start,
        count(*) as cases,
        count(spreads.is_covered) as tested_cases,
        sum(spreads.is_covered) as covered_cases

    from looks

    inner join spreads
        on looks.key_result_id = spreads.key_result_id
        and looks.horizon = spreads.horizon
        and looks.origin_number - looks.horizon >= spreads.period_number

    where spreads.error is not null

    group by 1, 2, 3

),

joined as (

    select
        looks.*,
        spreads.lowest,
        spreads.highest,
        spreads.from_lowest,
        spreads.from_highest,
        spreads.guess,
        spreads.half_width,
        coalesce(spreads.past_cases, 0) as past_cases,
        coalesce(tested.cases, 0) as cases,
        coalesce(tested.tested_cases, 0) as tested_cases,
        coalesce(tested.covered_cases, 0) as covered_cases

    from looks

    left join spreads
        on looks.key_result_id = spreads.key_result_id
        and looks.origin_number = spreads.period_number
        and looks.horizon = spreads.horizon

    left join tested
        on looks.key_result_id = tested.key_result_id
        and looks.day = tested.day
        and looks.is_at_start = tested.is_at_start

),

-- one scale for all three, so that each is inside the KPI's bounds and the forecast inside its interval
with_rates as (

    select
        *,
        {{ off_scale('guess') }} as rate,
        {{ off_scale('(guess - half_width)') }} as low_rate,
        {{ off_scale('(guess + half_width)') }} as high_rate

    from joined

),

final as (

    select
        key_result_id,
        day,
        is_at_start,
        method,
        horizon,
        is_won,
        is_lost,
        past_cases,
        cases,
        tested_cases,
        covered_cases,
        -- the share of them that the interval covered, with eight more as it should: few say little
        (covered_cases + 6.4) / (tested_cases + 8) as covered_share,
        -- the last period before the due date is complete: nothing is to come
        horizon = 0 as is_settled,
        case when horizon = 0 then actual_value else known_value + weight_ahead * rate end as forecast_value,
        case when horizon = 0 then actual_value else known_value + weight_ahead * low_rate end as forecast_low,
        case when horizon = 0 then actual_value else known_value + weight_ahead * high_rate end as forecast_high

    from with_rates

)

select * from final
