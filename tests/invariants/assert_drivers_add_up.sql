-- the effects of a dimension's segments add up to the KPI's change to the last digit, which kpi__values has too
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
        max(kpi_change) as kpi_change

    from {{ ref('kpi__drivers') }}

    group by 1, 2, 3, 4

),

totals as (

    select
        kpi_id,
        period_grain,
        period_start,
        change,
        1 + abs(value) + abs(previous_value) as size

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

-- drivers are worked out in floats
where
    drivers.effects != drivers.kpi_change
    or abs(drivers.kpi_change - totals.change) > 0.000000001 * totals.size
{% endcall %}
