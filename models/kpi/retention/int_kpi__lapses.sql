{{ config(enabled=has_input('orders', 'order_lines')) }}
{%- set dimensions = dimensions_of('customers') -%}

with

opening_customers as (

    select * from {{ ref('int_kpi__opening_customers') }}

),

order_spans as (

    select * from {{ ref('int_kpi__order_spans') }}

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

-- once a period, however often
lapsed_customers as (

    select
        {{ columns_from(dimensions, 'order_spans') }}
        period_days.period_grain,
        period_days.period_start,
        order_spans.customer_id,
        -- whoever was active at opening hadn't lapsed before the first lapse of the period
        max(case
            when order_spans.active_since < period_days.period_start then 1 else 0
        end) as was_active_at_opening

    from order_spans

    inner join period_days
        on order_spans.lapse_date = period_days.calendar_date

    group by
        {{ columns_from(dimensions, 'order_spans') }}
        period_days.period_grain,
        period_days.period_start,
        order_spans.customer_id

),

counts as (

    select
        period_grain,
        period_start,
        dimension,
        dimension_value,
        active_customers as opening_active_customers,
        0 as lapsed_customers,
        0 as lapsed_opening_customers

    from opening_customers

    union all

    select
        period_grain,
        period_start,
        {{ dimension_columns(dimensions) }},
        0 as opening_active_customers,
        count(*) as lapsed_customers,
        sum(was_active_at_opening) as lapsed_opening_customers

    from lapsed_customers

    group by {{ dimension_sets(['period_grain', 'period_start'], dimensions) }}

),

final as (

    select
        period_grain,
        period_start,
        dimension,
        dimension_value,
        sum(opening_active_customers) as opening_active_customers,
        sum(lapsed_customers) as lapsed_customers,
        sum(lapsed_opening_customers) as lapsed_opening_customers

    from counts

    group by 1, 2, 3, 4

)

select * from final
