{#- grain: judged KPI x segment x side x signal that begins a change for the worse or the better -#}
{{ config(enabled=marts_are_on()) }}
{%- set series = 'kpi_id, period_grain, dimension, dimension_value' %}
{%- set columns = series.split(', ') + [
    'side', 'wish', 'found_at', 'first_point', 'usual', 'longest', 'back_at', 'end_point',
] %}

with

signals as (

    select * from {{ ref('int_kpi__signals') }}

    where is_judged

),

-- a signal inside an earlier trouble is part of it: each round keeps the first that is in none; twelve are enough for
-- three years of weeks without a calm one, and what is left then overlaps. Six were before: DuckDB 1.5 plans a longer
-- chain in twice the time for each
halfway as (

    select * from {{ ref('int_kpi__trouble_rounds') }}

),

{{ trouble_rounds('halfway', 6) }}

spells as (

    select * from after_round_6

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
