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

inner join {{ ref('kpi__values') }} as kpi_values
    on drivers.kpi_id = kpi_values.kpi_id
    and drivers.period_grain = kpi_values.period_grain
    and drivers.period_start = kpi_values.period_start
    and kpi_values.dimension = 'total'

group by 1, 2, 3, 4

having
    abs(sum(drivers.total_effect) - min(kpi_values.change))
    > 0.000001 * (1 + abs(min(kpi_values.change)))
