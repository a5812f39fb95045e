{#- grain: judged KPI x segment x side x signal that begins a change for the worse or the better -#}
{{ config(enabled=marts_are_on()) }}

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

final as (

    select
        spells.kpi_id,
        spells.period_grain,
        spells.dimension,
        spells.dimension_value,
        spells.side,
        spells.wish,
        spells.found_at,
        spells.first_point,
        spells.usual,
        spells.longest,
        spells.back_at,
        spells.end_point,
        signals.period_start as first_period_start,
        signals.period_label as first_period_label,
        signals.previous_value as value_before,
        signals.prediction as expected,
        signals.sigma,
        coalesce(signals.top_before, 0) as top_before,
        coalesce(signals.bottom_before, 0) as bottom_before

    from spells

    -- by the point at which it begins
    inner join signals
        on spells.kpi_id = signals.kpi_id
        and spells.period_grain = signals.period_grain
        and spells.dimension = signals.dimension
        and spells.dimension_value = signals.dimension_value
        and spells.first_point = signals.point_number

)

select * from final
