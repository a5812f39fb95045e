{{ config(enabled=okr_is_on()) }}
{#- points and weights of the Gauss-Hermite rule for a standard normal: Abramowitz and Stegun, table 25.10 #}
{%- set nodes = [
    ('-3.750439717725742', '0.0005482688559722'),
    ('-2.366759410734541', '0.0307571239675865'),
    ('-1.154405394739968', '0.2401231786050127'),
    ('0', '0.4571428571428572'),
    ('1.154405394739968', '0.2401231786050127'),
    ('2.366759410734541', '0.0307571239675865'),
    ('3.750439717725742', '0.0005482688559722'),
] %}

with

looks as (

    select * from {{ ref('int_okr__looks') }}

),

spreads as (

    select * from {{ ref('int_okr__spreads') }}

    where past_cases >= 6

),

-- for the error that periods share
nodes as (

    {% for node, weight in nodes -%}
    select
        {{ node }}e0 as node,
        {{ weight }}e0 as weight
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- bounds must hold in each period to come, a target at the last; what is met or lost has no odds
periods_ahead as (

    select
        looks.key_result_id,
        looks.day,
        looks.is_at_start,
        spreads.horizon,
        spreads.guess,
        spreads.spread,
        spreads.past_cases,
        spreads.lowest,
        spreads.highest,
        spreads.from_lowest,
        spreads.from_highest,
        last_spreads.growth,
        looks.metric_type in ('at_least', 'at_most', 'range') as has_bounds,
        -- what the rate must come to
        (looks.lowest_that_meets - looks.known_value) / looks.weight_ahead as lowest_rate,
        (looks.highest_that_meets - looks.known_value) / looks.weight_ahead as highest_rate

    from looks

    -- without an interval at the last there are none
    inner join spreads as last_spreads -- noqa: AL07
        on looks.key_result_id = last_spreads.key_result_id
        and looks.origin_number = last_spreads.period_number
        and looks.horizon = last_spreads.horizon

    inner join spreads
        on looks.key_result_id = spreads.key_result_id
        and looks.origin_number = spreads.period_number
        and (
            looks.horizon = spreads.horizon
            or (
                looks.metric_type in ('at_least', 'at_most', 'range')
                and looks.horizon > spreads.horizon
            )
        )

    where looks.weight_ahead > 0

),

-- how far the guess is on the right side of either edge
distances as (

    select
        *,
        1 as side,
        case
            when lowest_rate is null then null
            when lowest_rate <= lowest then 1e9
            when lowest_rate > highest then -1e9
            else guess - {{ on_scale('lowest_rate') }}
        end as distance

    from periods_ahead

    union all

    select
        *,
        -1 as side,
        case
            when highest_rate is null then null
            when highest_rate >= highest then 1e9
            when highest_rate < lowest then -1e9
            else {{ on_scale('highest_rate') }} - guess
        end as distance

    from periods_ahead

),

-- as a normal's: a spread of few errors is known badly, and without any there is no doubt
with_z as (

    select
        *,
        case
            when distance is null then null
            when distance >= 1e9 then 9e0
            when distance <= -1e9 then -9e0
            when spread = 0 and distance >= -1e-9 * (1 + abs(guess)) then 9e0
            when spread = 0 then -9e0
            else
                distance / spread * (1 - 1 / (4e0 * past_cases))
                / sqrt(1 + distance / spread * distance / spread / (2e0 * past_cases))
        end as z,
        -- errors of several periods are the more alike, the faster the spread grows
        case
            when has_bounds then greatest(least(0.3e0 + 1.2e0 * growth, 0.95e0), 0.1e0)
            else 0e0
        end as alike

    from distances

),

-- given the error that they share
with_given as (

    select
        with_z.key_result_id,
        with_z.day,
        with_z.is_at_start,
        with_z.horizon,
        nodes.node,
        nodes.weight,
        greatest(least(
            (with_z.z + with_z.side * sqrt(with_z.alike) * nodes.node) / sqrt(1 - with_z.alike),
            9e0
        ), -9e0) as z,
        with_z.z is null as is_open

    from with_z

    cross join nodes

),

with_term as (

    select
        *,
        1 / (1 + 0.2316419 * abs(z)) as term

    from with_given

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
by_period as (

    select
        key_result_id,
        day,
        is_at_start,
        horizon,
        node,
        min(weight) as weight,
        greatest(
            sum(case when is_open then 1 when z < 0 then tail else 1 - tail end) - 1, 1e-12
        ) as chance

    from with_tail

    group by 1, 2, 3, 4, 5

),

-- in all of them: the product, which no engine has, is a sum of logarithms
of_all as (

    select
        key_result_id,
        day,
        is_at_start,
        node,
        min(weight) as weight,
        greatest(sum(ln(chance)), -300) as log_chance

    from by_period

    group by 1, 2, 3, 4

),

summed as (

    select
        key_result_id,
        day,
        is_at_start,
        sum(weight * exp(log_chance)) as chance

    from of_all

    group by 1, 2, 3

),

final as (

    select
        key_result_id,
        day,
        is_at_start,
        case
            when chance < 1e-9 then 0e0
            when chance > 1 - 1e-9 then 1e0
            else chance
        end as chance

    from summed

)

select * from final
