{{ config(enabled=revenue_is_on()) }}
{%- set dimensions = dimensions_of('customers') -%}

with

cohort_members as (

    select * from {{ ref('int_kpi__cohort_members') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

customer_periods as (

    select * from {{ ref('int_kpi__customer_periods') }}

),

active_members as (

    select
        cohort_members.*,
        periods.period_number - cohort_members.cohort_number
            as periods_since,
        -- exact, so that the order in which it is added up doesn't matter
        customer_periods.order_revenue
        + cast(customer_periods.closing_mrr * periods.months_in_period as numeric(28, 6)) as revenue

    from customer_periods

    inner join cohort_members
        on customer_periods.customer_id = cohort_members.customer_id
        and customer_periods.period_grain = cohort_members.period_grain

    inner join periods
        on customer_periods.period_grain = periods.period_grain
        and customer_periods.period_start = periods.period_start

),

final as (

    select
        period_grain,
        cohort_period,
        periods_since,
        {{ dimension_columns(dimensions) }},
        count(*) as retained_customers,
        sum(revenue) as retained_revenue

    from active_members

    group by {{ dimension_sets(
        ['period_grain', 'cohort_period', 'periods_since'], dimensions
    ) }}

)

select * from final
