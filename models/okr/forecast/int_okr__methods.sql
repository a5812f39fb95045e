{{ config(enabled=okr_is_on()) }}
{%- set methods = ['recent_level', 'long_level', 'last_with_trend', 'trend_line', 'year_ago'] %}

with

windows as (

    select * from {{ ref('int_okr__windows') }}

),

looks as (

    select * from {{ ref('int_okr__looks') }}

),

series as (

    select * from {{ ref('int_okr__series') }}

),

-- two years of days, and a bit
numbers as (

    {{ number_series(800) }}

),

-- as far as a key result looks, from its start or from its last value
reach as (

    select
        looks.key_result_id,
        min(looks.method) as method,
        max(greatest(looks.horizon, windows.periods_in_window)) as most_ahead

    from looks

    inner join windows on looks.key_result_id = windows.key_result_id

    group by 1

),

horizons as (

    select
        reach.key_result_id,
        reach.method,
        cast(numbers.generated_number as integer) as horizon,
        -- each step of a trend is nine tenths of the one before: what they come to at the last period, or on average
        9 * (1 - power(0.9e0, numbers.generated_number)) as steps_to_last,
        9 - 81 * (1 - power(0.9e0, numbers.generated_number)) / numbers.generated_number as mean_steps

    from reach

    inner join numbers on reach.most_ahead >= numbers.generated_number

),

origins as (

    select
        series.*,
        horizons.method,
        horizons.horizon,
        case when horizons.method = 'level' then horizons.steps_to_last else horizons.mean_steps end as steps,
        -- of a level the last period alone
        case when horizons.method = 'level' then horizons.horizon - 1 else 0 end as skipped

    from series

    inner join horizons on series.key_result_id = horizons.key_result_id

),

-- the rate of the periods ahead is what is there to date at their end less what was before them
ahead as (

    select
        origins.*,
        case
            when last_ahead.known_to_date - before_ahead.known_to_date = origins.horizon - origins.skipped
                then
                    (last_ahead.numerator_to_date - before_ahead.numerator_to_date)
                    / nullif(last_ahead.denominator_to_date - before_ahead.denominator_to_date, 0)
        end as rate_ahead,
        case
            when last_year_ago.known_to_date - before_year_ago.known_to_date = origins.horizon - origins.skipped
                then
                    (last_year_ago.numerator_to_date - before_year_ago.numerator_to_date)
                    / nullif(last_year_ago.denominator_to_date - before_year_ago.denominator_to_date, 0)
        end as rate_year_ago,
        case when year_ago.periods_so_far >= year_ago.recent_span then year_ago.recent_scaled end
            as recent_scaled_year_ago

    from origins

    left join series as last_ahead -- noqa: AL07
        on origins.key_result_id = last_ahead.key_result_id
        and origins.period_number + origins.horizon = last_ahead.period_number

    left join series as before_ahead -- noqa: AL07
        on origins.key_result_id = before_ahead.key_result_id
        and origins.period_number + origins.skipped = before_ahead.period_number

    left join series as year_ago -- noqa: AL07
        on origins.key_result_id = year_ago.key_result_id
        and origins.period_number - origins.year_span = year_ago.period_number

    -- a year ago is known as far as it goes
    left join series as last_year_ago -- noqa: AL07
        on origins.key_result_id = last_year_ago.key_result_id
        and origins.period_number - origins.year_span + origins.horizon = last_year_ago.period_number
        and origins.horizon <= origins.year_span

    left join series as before_year_ago -- noqa: AL07
        on origins.key_result_id = before_year_ago.key_result_id
        and origins.period_number - origins.year_span + origins.skipped = before_year_ago.period_number

),

said as (

    select
        *,
        recent_scaled as recent_level,
        long_scaled as long_level,
        scaled + slope * steps as last_with_trend,
        long_scaled + slope * (steps + (long_span - 1) / 2e0) as trend_line,
        {{ on_scale('rate_year_ago') }} + recent_scaled - recent_scaled_year_ago as year_ago,
        {{ on_scale('rate_ahead') }} as outcome

    from ahead

),

final as (

    select
        key_result_id,
        period_number,
        horizon,
        method,
        period_grain,
        kind,
        periods_so_far,
        points_to_date,
        lowest,
        highest,
        from_lowest,
        from_highest,
        outcome,
        rate_ahead,
        {% for name in methods -%}
        {{ name }},
        coalesce(sum(power({{ name }} - outcome, 2)) over (
            partition by key_result_id, horizon
            order by period_number
            rows between unbounded preceding and current row
        ), 0) as {{ name }}_squares,
        count({{ name }} - outcome) over (
            partition by key_result_id, horizon
            order by period_number
            rows between unbounded preceding and current row
        ) as {{ name }}_cases{{ ',' if not loop.last }}
        {% endfor %}
    from said

)

select * from final
