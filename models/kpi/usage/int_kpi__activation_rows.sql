{{ config(enabled=activation_is_on(), materialized='view') }}

with

customers as (

    select
        *,
        cast({{ dbt.dateadd(
            'day', setting('activation_days'), 'first_date'
        ) }} as date) as window_end

    from {{ ref('int_kpi__customer_starts') }}

),

first_activations as (

    select
        customer_id,
        min(active_date) as activated_date

    from {{ ref('fct_kpi__user_days') }}

    where activation_events > 0

    group by 1

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

final as (

    select
        'customers' as input,
        customers.customer_id as row_key,
        customers.first_date as row_date,
        period_days.period_grain,
        period_days.period_start,
        {{ columns_from(attributes_and_source('customers'), 'customers') }}
        1 as new_customers_observed,
        -- one who was active before paying, in a trial, is activated too
        case
            when first_activations.activated_date <= customers.window_end
                then 1
            else 0
        end as activated_customers

    from customers

    inner join period_days
        on customers.first_date = period_days.calendar_date

    left join first_activations
        on customers.customer_id = first_activations.customer_id

    where customers.window_end <= {{ as_of_date() }}

)

select * from final
