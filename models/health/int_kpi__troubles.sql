{#- grain: judged KPI x segment x side x signal that begins a change for the worse or the better -#}
{{ config(enabled=marts_are_on()) }}
{%- set series = 'kpi_id, period_grain, dimension, dimension_value' %}
{%- set columns = series.split(', ') + [
    'side', 'wish', 'found_at', 'first_point', 'usual', 'longest', 'back_at', 'end_point',
] %}
{%- set earlier -%}
    over (
        partition by {{ series }}, side
        order by found_at
        rows between unbounded preceding and 1 preceding
    )
{%- endset %}

with

signals as (

    select * from {{ ref('int_kpi__signals') }}

    where is_judged

),

found as (

    {% for side, sign in {'above': 1, 'below': -1}.items() -%}
    select
        {{ series }},
        {{ sign }} as side,
        wish,
        point_number as found_at,
        point_number - points_{{ side }} + 1 as first_point,
        usual_{{ side }} as usual,
        case period_grain
            {%- for grain in setting('period_grains') %}
            when '{{ grain }}' then {{ health_window(grain) // 2 }}
            {%- endfor %}
        end as longest

    from signals

    where points_{{ side }} >= 2
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- by value that is back; rows grow by a few points of each signal alone
returns as (

    select
        {% for column in ['kpi_id', 'period_grain', 'dimension', 'dimension_value', 'side', 'found_at'] -%}
        found.{{ column }},
        {% endfor -%}
        min(signals.point_number) as back_at

    from found

    inner join signals
        on found.kpi_id = signals.kpi_id
        and found.period_grain = signals.period_grain
        and found.dimension = signals.dimension
        and found.dimension_value = signals.dimension_value
        and found.found_at < signals.point_number
        and found.first_point + 2 * found.longest > signals.point_number

    where found.side * (signals.tested - found.usual) <= 0

    group by 1, 2, 3, 4, 5, 6

),

with_end as (

    select
        found.*,
        returns.back_at,
        case
            when returns.back_at < found.first_point + found.longest
                then returns.back_at
            else found.first_point + found.longest
        end as end_point,
        false as is_kept,
        false as is_inside

    from found

    left join returns
        on found.kpi_id = returns.kpi_id
        and found.period_grain = returns.period_grain
        and found.dimension = returns.dimension
        and found.dimension_value = returns.dimension_value
        and found.side = returns.side
        and found.found_at = returns.found_at

),

{% set ns = namespace(before='with_end') -%}
-- a signal inside an earlier trouble is part of it: each round keeps the first that is in none; twelve are enough for
-- three years of weeks without a calm one, and what is left then overlaps
{% for number in range(1, 13) -%}
round_{{ number }} as (

    select
        *,
        is_kept
        or (
            not is_inside
            and coalesce(
                max(case when not is_kept and not is_inside then end_point end)
                {{ earlier }},
                0
            ) <= first_point
        ) as is_kept_now

    from {{ ns.before }}

),

after_round_{{ number }} as (

    select
        {% for column in columns -%}
        {{ column }},
        {% endfor -%}
        is_kept_now as is_kept,
        not is_kept_now
        and coalesce(
            max(case when is_kept_now then end_point end) {{ earlier }}, 0
        ) > first_point as is_inside

    from round_{{ number }}

),

{% set ns.before = 'after_round_' ~ number -%}
{% endfor -%}

spells as (

    select * from {{ ns.before }}

    where not is_inside

),

firsts as (select * from signals),

final as (

    select
        {% for column in columns -%}
        spells.{{ column }},
        {% endfor -%}
        firsts.period_start as first_period_start,
        firsts.period_label as first_period_label,
        firsts.previous_value as value_before,
        firsts.prediction as expected,
        firsts.sigma,
        coalesce(firsts.top_before, 0) as top_before,
        coalesce(firsts.bottom_before, 0) as bottom_before

    from spells

    inner join firsts
        on spells.kpi_id = firsts.kpi_id
        and spells.period_grain = firsts.period_grain
        and spells.dimension = firsts.dimension
        and spells.dimension_value = firsts.dimension_value
        and spells.first_point = firsts.point_number

)

select * from final
