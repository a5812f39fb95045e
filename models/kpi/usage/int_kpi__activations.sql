{#- grain: period grain x period x segment with a new customer whose activation window has closed -#}
{{ config(enabled=activation_is_on()) }}

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

closed_windows as (

    select
        period_days.period_grain,
        period_days.period_start,
        {{ columns_from(customer_columns(), 'customers') }}
        -- one who was active before paying, in a trial, is activated too
        case
            when first_activations.activated_date <= customers.window_end
                then 1
            else 0
        end as is_activated

    from customers

    inner join period_days
        on customers.first_date = period_days.calendar_date

    left join first_activations
        on customers.customer_id = first_activations.customer_id

    where customers.window_end <= {{ as_of_date() }}

),

final as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(customer_dimensions()) }},
        count(*) as new_customers_observed,
        sum(is_activated) as activated_customers

    from closed_windows

    group by {{ dimension_sets(
        ['period_grain', 'period_start'], customer_dimensions()
    ) }}

)

select * from final
