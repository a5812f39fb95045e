{{ config(enabled=has_input('product_events'), materialized='ephemeral') }}
{%- set months_between = 'max(last_days.month_number) - max(first_days.month_number)'
    if is_of_calendar('month') else dbt.datediff(
        'period_segments.period_start', 'period_segments.last_date', 'month'
    ) %}

with

period_segments as (

    select
        *,
        case
            when is_complete_period then period_end else {{ as_of_date() }}
        end as last_date

    from {{ ref('int_kpi__period_segments') }}

),

active_users as (

    select * from {{ ref('int_kpi__active_users') }}

    where period_grain in ('day', 'month')

),

final as (

    select
        period_segments.period_grain,
        period_segments.period_start,
        period_segments.dimension,
        period_segments.dimension_value,
        cast(sum(
            case
                when active_users.period_grain = 'day'
                    then active_users.active_users
                else 0
            end
        ) as {{ type_double() }}) / ({{ dbt.datediff(
            'period_segments.period_start', 'period_segments.last_date', 'day'
        ) }} + 1) as average_daily_active_users,
        cast(sum(
            case
                when active_users.period_grain = 'month'
                    then active_users.active_users
                else 0
            end
        ) as {{ type_double() }}) / ({{ months_between }} + 1)
            as monthly_active_users

    from period_segments

    inner join active_users
        on period_segments.dimension = active_users.dimension
        and period_segments.dimension_value = active_users.dimension_value
        and period_segments.period_start <= active_users.period_start
        and period_segments.period_end >= active_users.period_start
    {{ join_calendar('period_segments.period_start', 'first_days') }}
    {{ join_calendar('period_segments.last_date', 'last_days') }}

    group by
        1, 2, 3, 4, period_segments.last_date

)

select * from final
