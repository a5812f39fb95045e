{#- grain: customer x period grain: the period of the first order or paid subscription -#}
{{ config(enabled=revenue_is_on()) }}
with

customers as (

    select * from {{ ref('int_kpi__customer_starts') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

final as (

    select
        customers.customer_id,
        customers.country,
        customers.segment,
        customers.acquisition_channel,
        periods.period_grain,
        periods.period_start as cohort_period,
        periods.period_number as cohort_number

    from customers

    inner join periods
        on customers.first_date >= periods.period_start
        and customers.first_date <= periods.period_end

)

select * from final
