{#- grain: period grain x period x segment in which an ordering customer lapsed, or was active at its opening -#}
{{ config(enabled=has_input('orders', 'order_lines')) }}
{%- set dimensions = customer_dimensions() -%}

with

order_lines as (

    select * from {{ ref('fct_kpi__order_lines') }}

    where
        customer_id is not null
        and not is_cancelled

),

customers as (

    select * from {{ ref('int_kpi__customer_starts') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

order_days as (

    select distinct
        customer_id,
        ordered_date

    from order_lines

),

spans as (

    select
        customer_id,
        ordered_date,
        cast({{ dbt.dateadd('day', setting('lapse_days'), 'ordered_date') }}
            as date) as lapse_date,
        lead(ordered_date) over (
            partition by customer_id
            order by ordered_date
        ) as next_ordered_date

    from order_days

),

-- a customer is active from an order to the day before the lapse, or to the next order
states as (

    select
        periods.period_grain,
        periods.period_start,
        spans.customer_id,
        1 as is_active_at_opening,
        0 as is_lapsed

    from spans

    inner join periods
        on spans.ordered_date < periods.period_start
        and spans.lapse_date >= periods.period_start
        and coalesce(spans.next_ordered_date >= periods.period_start, true)

    group by 1, 2, 3

    union all

    select
        periods.period_grain,
        periods.period_start,
        spans.customer_id,
        0 as is_active_at_opening,
        1 as is_lapsed

    from spans

    inner join periods
        on spans.lapse_date >= periods.period_start
        and spans.lapse_date <= periods.period_end
        and spans.lapse_date <= {{ as_of_date() }}

    where coalesce(spans.next_ordered_date > spans.lapse_date, true)

    group by 1, 2, 3

),

final as (

    select
        states.period_grain,
        states.period_start,
        {{ dimension_columns(dimensions) }},
        sum(states.is_active_at_opening) as opening_active_customers,
        sum(states.is_lapsed) as lapsed_customers

    from states

    inner join customers on states.customer_id = customers.customer_id

    group by {{ dimension_sets(
        ['states.period_grain', 'states.period_start'], dimensions
    ) }}

)

select * from final
