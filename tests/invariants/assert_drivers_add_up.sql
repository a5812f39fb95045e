-- the effects of a dimension's segments add up to the KPI's change as kpi__values has it
{{ config(enabled=marts_are_on()) }}

{% call where_parents_are_built() %}
with

drivers as (

    select
        kpi_id,
        period_grain,
        period_start,
        dimension,
        sum(total_effect) as effects,
        count(*) as segments

    from {{ ref('kpi__drivers') }}

    group by 1, 2, 3, 4

),

totals as (

    select
        kpi_id,
        period_grain,
        period_start,
        change,
        1 + abs(value) + abs(previous_value) as size,
        coalesce(abs(denominator), 1) as denominator,
        coalesce(abs(lag(denominator) over (
            partition by kpi_id, period_grain
            order by period_start
        )), 1) as previous_denominator

    from {{ ref('kpi__values') }}

    where dimension = 'total'

)

select
    drivers.*,
    totals.change

from drivers

inner join totals
    on drivers.kpi_id = totals.kpi_id
    and drivers.period_grain = totals.period_grain
    and drivers.period_start = totals.period_start

-- parts are rounded to a millionth, which a small denominator makes more of
where
    abs(drivers.effects - totals.change)
    * least(1, totals.denominator, totals.previous_denominator)
    > 0.000001 * drivers.segments * totals.size
{% endcall %}
