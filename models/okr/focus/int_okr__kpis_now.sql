{#- grain: KPI x segment: its health in the last complete period of one grain, and what its trouble costs -#}
{{ config(enabled=okr_is_on()) }}

with

health as (

    select * from {{ ref('int_okr__kpi_health') }}

),

kpi_values as (

    select * from {{ ref('kpi__values') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

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
        coalesce(
            health.value < health.lower_bound
            or health.value > health.upper_bound,
            false
        ) as is_outside_range,
        case
            when health.value < health.lower_bound then health.lower_bound
            when health.value > health.upper_bound then health.upper_bound
            when health.periods_in_trouble > 0 then health.expected_value
        end as edge

    from health

    inner join last_periods
        on health.period_grain = last_periods.period_grain
        and health.period_start = last_periods.period_start

),

-- what a segment earns, and from how many
earnings as (

    select
        period_grain,
        period_start,
        dimension,
        dimension_value,
        max(case when kpi_id = 'net_revenue' then value end) as net_revenue,
        max(case when kpi_id = 'active_customers' then value end)
            as active_customers

    from kpi_values

    where kpi_id in ('net_revenue', 'active_customers')

    group by 1, 2, 3, 4

),

with_money as (

    select
        with_edge.*,
        periods.period_label as since_label,
        cast(abs(with_edge.value - with_edge.edge) as {{ type_double() }}) as gap,
        cast(kpi_values.denominator as {{ type_double() }}) as denominator,
        earnings.net_revenue as money_at_stake,
        cast(abs(earnings.net_revenue) as {{ type_double() }}) as earned,
        cast(earnings.active_customers as {{ type_double() }})
            as active_customers

    from with_edge

    inner join kpi_values
        on with_edge.kpi_id = kpi_values.kpi_id
        and {{ same_period_segment('with_edge', 'kpi_values') }}

    left join earnings
        on {{ same_period_segment('with_edge', 'earnings') }}

    left join periods
        on with_edge.period_grain = periods.period_grain
        and with_edge.in_trouble_since = periods.period_start

),

with_share as (

    select
        *,
        case
            -- of those that are counted, what one of them brings
            when is_of_counts and active_customers > 0
                then gap * denominator / active_customers
            when unit = 'ratio' then gap
            -- of what it can span; where that isn't known, of what it should be
            when lowest_possible is not null and highest_possible is not null
                then gap
                / cast(highest_possible - lowest_possible as {{ type_double() }})
            when edge != 0 then gap / cast(abs(edge) as {{ type_double() }})
        end as share_lost

    from with_money

),

with_loss as (

    select
        *,
        case
            when unit = 'currency' and kind in ('flow', 'stock') then gap
            when unit = 'currency' and kind = 'ratio' then gap * denominator
            when share_lost > 1 then earned
            else share_lost * earned
        end as money_lost

    from with_share

),

final as (

    select
        kpi_id,
        kpi_name,
        unit,
        coalesce(family, kpi_id) as kpi_family,
        period_grain,
        period_start,
        period_end,
        dimension,
        dimension_value,
        value,
        edge,
        {{ ratio('abs(value - edge)', 'abs(edge)') }} as distance,
        z_of_change as z,
        is_actionable,
        periods_in_trouble,
        in_trouble_since,
        since_label,
        is_outside_range,
        health,
        health_reason,
        variation,
        is_judged,
        noted_event,
        money_at_stake,
        cast(money_lost as numeric(38, 12)) as money_lost

    from with_loss

)

select * from final
