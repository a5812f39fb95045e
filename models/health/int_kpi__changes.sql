{#- grain: KPI x complete period x segment beside the period before; a segment may be in one of them alone -#}
{{ config(enabled=marts_are_on(), materialized='ephemeral', access='protected', contract={'enforced': false}) }}

with

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

    where is_complete_period

),

closed_values as (

    select * from {{ ref('kpi__values') }}

    where is_complete_period

),

kpi_values as (

    select
        closed_values.kpi_id,
        kpis.kind,
        closed_values.period_grain,
        closed_values.period_start,
        closed_values.dimension,
        closed_values.dimension_value,
        cast(closed_values.numerator as {{ type_double() }}) as numerator,
        cast(closed_values.denominator as {{ type_double() }}) as denominator,
        cast(closed_values.value as {{ type_double() }}) as value

    from closed_values

    inner join kpis on closed_values.kpi_id = kpis.kpi_id

    where kpis.kind != 'derived'

),

sides as (

    select
        kpi_values.kpi_id,
        kpi_values.kind,
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        kpi_values.dimension,
        kpi_values.dimension_value,
        kpi_values.numerator,
        null as previous_numerator,
        kpi_values.denominator,
        null as previous_denominator,
        kpi_values.value,
        null as previous_value,
        1 as is_now,
        0 as is_before

    from kpi_values

    inner join periods
        on kpi_values.period_grain = periods.period_grain
        and kpi_values.period_start = periods.period_start

    union all

    select
        kpi_values.kpi_id,
        kpi_values.kind,
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        kpi_values.dimension,
        kpi_values.dimension_value,
        null as numerator,
        kpi_values.numerator as previous_numerator,
        null as denominator,
        kpi_values.denominator as previous_denominator,
        null as value,
        kpi_values.value as previous_value,
        0 as is_now,
        1 as is_before

    from kpi_values

    inner join periods
        on kpi_values.period_grain = periods.period_grain
        and kpi_values.period_start = periods.previous_period_start

),

final as (

    select
        kpi_id,
        kind,
        period_grain,
        period_start,
        period_end,
        dimension,
        dimension_value,
        max(numerator) as numerator,
        max(previous_numerator) as previous_numerator,
        max(denominator) as denominator,
        max(previous_denominator) as previous_denominator,
        max(value) as value,
        max(previous_value) as previous_value,
        max(is_now) as is_now,
        max(is_before) as is_before

    from sides

    group by 1, 2, 3, 4, 5, 6, 7

)

select * from final
