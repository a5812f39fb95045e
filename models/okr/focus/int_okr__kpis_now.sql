{#- grain: KPI x segment: its health in the last complete period of one grain, the edge it is beyond, its money -#}
{{ config(enabled=okr_is_on()) }}

with

health as (

    select * from {{ ref('int_okr__kpi_health') }}

),

kpi_values as (

    select * from {{ ref('kpi__values') }}

),

last_periods as (

    select
        period_grain,
        max(period_start) as period_start

    from {{ ref('kpi__health') }}

    group by 1

),

with_edge as (

    select
        health.*,
        case
            when health.value < health.lower_bound then health.lower_bound
            when health.value > health.upper_bound then health.upper_bound
            when health.special_cause = 'outside_limits' then case
                when health.value > health.center_line then health.upper_limit
                else health.lower_limit
            end
            when health.special_cause in ('run_of_eight', 'three_of_four')
                then health.center_line
        end as edge

    from health

    inner join last_periods
        on health.period_grain = last_periods.period_grain
        and health.period_start = last_periods.period_start

),

final as (

    select
        with_edge.kpi_id,
        with_edge.kpi_name,
        with_edge.unit,
        with_edge.period_grain,
        with_edge.period_start,
        with_edge.period_end,
        with_edge.dimension,
        with_edge.dimension_value,
        with_edge.value,
        with_edge.edge,
        {{ ratio('abs(with_edge.value - with_edge.edge)', 'abs(with_edge.edge)') }}
            as distance,
        with_edge.is_actionable,
        with_edge.periods_in_trouble,
        with_edge.health,
        with_edge.health_reason,
        kpi_values.value as money_at_stake

    from with_edge

    left join kpi_values
        on {{ same_period_segment('with_edge', 'kpi_values') }}
        and kpi_values.kpi_id = 'net_revenue'

)

select * from final
