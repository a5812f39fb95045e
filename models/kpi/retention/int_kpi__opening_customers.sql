{{ config(enabled=has_input('orders', 'order_lines'), materialized='ephemeral') }}
{%- set dimensions = dimensions_of('customers') -%}

with

order_spans as (

    select * from {{ ref('int_kpi__order_spans') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

changes as (

    select
        {{ columns_from(dimensions) }}
        ordered_date as change_date,
        1 as change

    from order_spans

    union all

    select
        {{ columns_from(dimensions) }}
        last_active_date as change_date,
        -1 as change

    from order_spans

),

changes_by_segment as (

    select
        change_date,
        {{ dimension_columns(dimensions) }},
        sum(change) as change

    from changes

    group by {{ dimension_sets(['change_date'], dimensions) }}

),

-- a change counts from the morning after it
with_counts as (

    select
        dimension,
        dimension_value,
        change_date,
        lead(change_date) over (
            partition by dimension, dimension_value
            order by change_date
        ) as next_change_date,
        sum(change) over (
            partition by dimension, dimension_value
            order by change_date
            rows between unbounded preceding and current row
        ) as active_customers

    from changes_by_segment

),

final as (

    select
        periods.period_grain,
        periods.period_start,
        with_counts.dimension,
        with_counts.dimension_value,
        with_counts.active_customers

    from with_counts

    inner join periods
        on with_counts.change_date < periods.period_start
        and coalesce(
            with_counts.next_change_date >= periods.period_start, true
        )

    where with_counts.active_customers > 0

)

select * from final
