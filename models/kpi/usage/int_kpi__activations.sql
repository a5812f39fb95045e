{{ config(enabled=activation_is_on()) }}

with

activation_rows as (

    select * from {{ ref('int_kpi__activation_rows') }}

),

final as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(dimensions_of('customers')) }},
        sum(new_customers_observed) as new_customers_observed,
        sum(activated_customers) as activated_customers

    from activation_rows

    group by {{ dimension_sets(
        ['period_grain', 'period_start'], dimensions_of('customers')
    ) }}

)

select * from final
