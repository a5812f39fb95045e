{#- grain: judged KPI x segment x side x signal of two points or more, after half the rounds of int_kpi__troubles -#}
{{ config(enabled=marts_are_on()) }}

with

signals as (

    select * from {{ ref('int_kpi__signals') }}

    where is_judged

),

sides as (

    select
        *,
        1 as side,
        points_above as points,
        usual_above as usual

    from signals

    union all

    select
        *,
        -1 as side,
        points_below as points,
        usual_below as usual

    from signals

),

found as (

    select
        kpi_id,
        period_grain,
        dimension,
        dimension_value,
        side,
        wish,
        point_number as found_at,
        point_number - points + 1 as first_point,
        usual,
        case period_grain
            when 'day' then {{ health_window('day') // 2 }}
            when 'week' then {{ health_window('week') // 2 }}
            when 'month' then {{ health_window('month') // 2 }}
            when 'quarter' then {{ health_window('quarter') // 2 }}
            when 'year' then {{ health_window('year') // 2 }}
        end as longest

    from sides

    where points >= 2

),

-- by value that is back; rows grow by a few points of each signal alone
returns as (

    select
        found.kpi_id,
        found.period_grain,
        found.dimension,
        found.dimension_value,
        found.side,
        found.found_at,
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

{{ trouble_rounds('with_end', 6) }}

final as (select * from after_round_6)

select * from final
