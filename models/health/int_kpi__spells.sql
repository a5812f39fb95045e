{#- grain: judged KPI x complete period x segment while a change lasts, or has become the new normal -#}
{{ config(enabled=marts_are_on()) }}

with

signals as (

    select * from {{ ref('int_kpi__signals') }}

    where is_judged

),

troubles as (

    select * from {{ ref('int_kpi__troubles') }}

),

points as (

    select
        signals.kpi_id,
        signals.period_grain,
        signals.dimension,
        signals.dimension_value,
        signals.period_start,
        signals.point_number - troubles.first_point + 1 as periods,
        troubles.first_period_start as since,
        troubles.first_period_label as since_label,
        troubles.side = troubles.wish as is_better,
        signals.point_number >= troubles.end_point as is_normal,
        troubles.expected,
        troubles.sigma * case
            when signals.is_by_change
                then sqrt(signals.point_number - troubles.first_point + 1)
            else 1
        end as expected_error,
        -- of what is tested by its change, as if it had gone on so
        case
            when signals.is_by_change
                then cast(troubles.value_before as {{ type_double() }})
                + troubles.expected
                * (signals.point_number - troubles.first_point + 1)
            else troubles.expected
        end as expected_level,
        case
            when signals.is_by_change
                then cast(
                    signals.value - troubles.value_before as {{ type_double() }}
                ) / (signals.point_number - troubles.first_point + 1)
            else cast(
                signals.top_before + coalesce(signals.numerator, signals.value)
                - troubles.top_before as {{ type_double() }}
            ) / nullif(cast(
                signals.bottom_before + coalesce(signals.denominator, 1)
                - troubles.bottom_before as {{ type_double() }}
            ), 0)
        end as level_since

    from troubles

    inner join signals
        on troubles.kpi_id = signals.kpi_id
        and troubles.period_grain = signals.period_grain
        and troubles.dimension = signals.dimension
        and troubles.dimension_value = signals.dimension_value
        and troubles.found_at <= signals.point_number
        and troubles.first_point + 2 * troubles.longest > signals.point_number
        and coalesce(troubles.back_at > signals.point_number, true)

),

-- what goes on counts before what is over, the worse before the better
ranked as (

    select
        *,
        row_number() over (
            partition by
                kpi_id, period_grain, dimension, dimension_value, period_start
            order by
                case when is_normal then 1 else 0 end,
                case when is_better then 1 else 0 end,
                periods
        ) as place

    from points

),

final as (

    select * from ranked

    where place = 1

)

select * from final
