-- the effects of a dimension's segments add up to the KPI's change as kpi__values has it
{{ config(enabled=marts_are_on()) }}

select
    drivers.kpi_id,
    drivers.period_grain,
    drivers.period_start,
    drivers.dimension,
    sum(drivers.total_effect) as effects,
    min(kpi_values.change) as change

from {{ ref('kpi__drivers') }} as drivers

inner join {{ ref('int_kpi__periods') }} as periods
    on drivers.period_grain = periods.period_grain
    and drivers.period_start = periods.period_start

inner join {{ ref('kpi__values') }} as kpi_values
    on drivers.kpi_id = kpi_values.kpi_id
    and drivers.period_grain = kpi_values.period_grain
    and drivers.period_start = kpi_values.period_start
    and kpi_values.dimension = 'total'

inner join {{ ref('kpi__values') }} as previous_values
    on drivers.kpi_id = previous_values.kpi_id
    and drivers.period_grain = previous_values.period_grain
    and periods.previous_period_start = previous_values.period_start
    and previous_values.dimension = 'total'

group by 1, 2, 3, 4

-- a segment's parts are rounded to a millionth, which a small denominator makes more of
having
    abs(sum(drivers.total_effect) - min(kpi_values.change))
    * least(
        1,
        abs(coalesce(min(kpi_values.denominator), 1)),
        abs(coalesce(min(previous_values.denominator), 1))
    )
    > 0.000001 * count(*)
    * (1 + abs(min(kpi_values.value)) + abs(min(previous_values.value)))
