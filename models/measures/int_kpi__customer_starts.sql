{#- grain: customer with an order or a paid subscription; first_date is the first day with either -#}
{{ config(enabled=revenue_is_on()) }}
with

first_dates as (
    {% if has_input('orders', 'order_lines') %}
    select
        customer_id,
        min(ordered_date) as first_date,
        min(ordered_date) as first_order_date

    from {{ ref('fct_kpi__order_lines') }}

    where
        customer_id is not null
        and not is_cancelled

    group by 1
    {% endif %}
    {{ 'union all' if has_input('orders', 'order_lines', 'subscriptions') }}
    {% if has_input('subscriptions') %}
    select
        customer_id,
        min(valid_from) as first_date,
        cast(null as date) as first_order_date

    from {{ ref('fct_kpi__customer_mrr') }}

    where mrr > 0

    group by 1
    {% endif %}
),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

first_date_of_customers as (

    select
        customer_id,
        min(first_date) as first_date,
        min(first_order_date) as first_order_date

    from first_dates

    group by 1

),

final as (

    select
        first_date_of_customers.customer_id,
        {{ customer_attributes() }},
        first_date_of_customers.first_date,
        first_date_of_customers.first_order_date

    from first_date_of_customers

    left join customers
        on first_date_of_customers.customer_id = customers.customer_id

)

select * from final
