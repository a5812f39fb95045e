{{ config(enabled=has_input('product_events')) }}
{%- set dimensions = dimensions_of('customers') %}

with

user_periods as (

    select * from {{ ref('int_kpi__user_periods') }}

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

customer_periods as (

    select
        period_grain,
        period_start,
        customer_id,
        count(*) as user_count

    from user_periods

    group by 1, 2, 3

),

-- few: all others are counted by customer, without telling users apart
shared_users as (

    select user_id

    from user_periods

    where period_grain = 'month'

    group by 1

    having min(coalesce(customer_id, '')) != max(coalesce(customer_id, ''))

),

shared_user_periods as (

    select user_periods.*

    from user_periods

    inner join shared_users on user_periods.user_id = shared_users.user_id

),

segments_of_customer_periods as (

    select
        customer_periods.*,
        {{ customer_attributes() }}

    from customer_periods

    left join customers
        on customer_periods.customer_id = customers.customer_id

),

counts_of_customer_periods as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(dimensions) }},
        sum(user_count) as active_users,
        count(customer_id) as active_customers

    from segments_of_customer_periods

    group by {{ dimension_sets(['period_grain', 'period_start'], dimensions) }}

),

segments_of_shared_users as (

    select
        shared_user_periods.*,
        {{ customer_attributes() }}

    from shared_user_periods

    left join customers
        on shared_user_periods.customer_id = customers.customer_id

),

counts_of_shared_users as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(dimensions) }},
        count(*) - count(distinct user_id) as repeated_users

    from segments_of_shared_users

    group by {{ dimension_sets(['period_grain', 'period_start'], dimensions) }}

),

final as (

    select
        counts_of_customer_periods.period_grain,
        counts_of_customer_periods.period_start,
        counts_of_customer_periods.dimension,
        counts_of_customer_periods.dimension_value,
        counts_of_customer_periods.active_users
        - coalesce(counts_of_shared_users.repeated_users, 0)
            as active_users,
        counts_of_customer_periods.active_customers

    from counts_of_customer_periods

    left join counts_of_shared_users
        on {{ same_period_segment(
            'counts_of_customer_periods', 'counts_of_shared_users'
        ) }}

)

select * from final
