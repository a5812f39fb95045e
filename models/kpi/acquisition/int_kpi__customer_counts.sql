{{ config(enabled=revenue_is_on()) }}
{%- set dimensions = dimensions_of('customers') %}

with

customer_rows as (

    select * from {{ ref('int_kpi__customer_rows') }}

),

final as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(dimensions) }},
        sum(active_customers) as active_customers,
        sum(ordering_customers) as ordering_customers,
        sum(repeat_customers) as repeat_customers,
        sum(new_customers) as new_customers

    from customer_rows

    group by {{ dimension_sets(['period_grain', 'period_start'], dimensions) }}

)

select * from final
