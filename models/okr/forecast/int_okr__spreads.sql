{{ config(enabled=okr_is_on()) }}
{%- set up_to_here = 'partition by key_result_id, period_number order by horizon'
    ~ ' rows between unbounded preceding and current row' %}

with

guesses as (

    select * from {{ ref('int_okr__guesses') }}

),

-- the errors of forecasts so many periods ahead that had come to their end
with_past as (

    select
        guesses.*,
        coalesce(past.cases, 0) as past_cases,
        coalesce(past.sizes, 0) as past_sizes,
        past.weights as past_weights,
        ln(1e0 * guesses.horizon) as log_horizon

    from guesses

    left join guesses as past -- noqa: AL07
        on guesses.key_result_id = past.key_result_id
        and guesses.horizon = past.horizon
        and guesses.period_number - guesses.horizon = past.period_number

),

-- of a normal the spread is 1.2533 times the mean size of an error; it counts by how many of its cases don't overlap
with_logs as (

    select
        *,
        case when past_cases >= 2 and past_sizes > 0 then 1e0 * past_cases / horizon else 0 end as weight,
        case
            when past_cases >= 2 and past_sizes > 0
                then ln(1.2533141373155003e0 * past_sizes / past_weights)
            else 0
        end as log_spread

    from with_past

),

with_sums as (

    select
        *,
        sum(past_cases) over ({{ up_to_here }}) as all_cases,
        sum(weight) over ({{ up_to_here }}) as w,
        sum(weight * log_horizon) over ({{ up_to_here }}) as wx,
        sum(weight * log_spread) over ({{ up_to_here }}) as wy,
        sum(weight * log_horizon * log_horizon) over ({{ up_to_here }}) as wxx,
        sum(weight * log_horizon * log_spread) over ({{ up_to_here }}) as wxy

    from with_logs

),

-- what is carried on from period to period gets less certain with each
with_usual_growth as (

    select
        *,
        case
            when kind = 'stock' and method = 'level' then 0.6e0
            when kind = 'stock' then 0.5e0
            when method = 'level' then 0.1e0
            else -0.2e0
        end as usual_growth

    from with_sums

),

-- it grows as a power of the horizon, as all shorter ones say and as is usual
with_growth as (

    select
        *,
        (wxy - wx * wy / nullif(w, 0) + 4 * usual_growth)
        / (wxx - wx * wx / nullif(w, 0) + 4) as growth

    from with_usual_growth

),

with_spread as (

    select
        *,
        case
            -- errors that were nought throughout
            when w = 0 and all_cases > 0 then 0e0
            else exp(wy / nullif(w, 0) + growth * (log_horizon - wx / nullif(w, 0)))
        end as spread

    from with_growth

),

-- half the 80% interval, from six past cases on: Student's t by Cornish-Fisher, wrong by 0.002 at most
with_width as (

    select
        *,
        case when past_cases >= 6 then
            spread * (
                1.2815516e0 + 0.8465857e0 / past_cases
                + 0.570887e0 / (past_cases * past_cases)
            )
        end as half_width

    from with_spread

),

final as (

    select
        key_result_id,
        period_number,
        horizon,
        lowest,
        highest,
        from_lowest,
        from_highest,
        guess,
        rate_ahead,
        error,
        past_cases,
        growth,
        spread,
        half_width,
        case
            when error is null or half_width is null then null
            when abs(error) <= half_width then 1e0
            else 0e0
        end as is_covered

    from with_width

)

select * from final
