{#- grain: customer with an order or a paid subscription; first_date is the first day with either,
    first_moment when it was, null where a day is all that is known -#}
{{ config(enabled=revenue_is_on()) }}
{#- without customers, who they are is what they came by -#}
{%- set own_source = source_column() if not has_input('customers') else [] %}

with

{% if has_input('subscriptions') -%}
subscription_starts as (

    select
        customer_id,
        min(valid_from) as first_date

    from {{ ref('fct_kpi__customer_mrr') }}

    where mrr > 0

    group by 1

),

versions as (

    select * from {{ ref('fct_kpi__subscription_versions') }}

    where mrr > 0

),

{% endif -%}
first_dates as (
    {% if has_input('orders', 'order_lines') %}
    select
        customer_id,
        {{ 'min(dim_source) as dim_source,' if own_source }}
        min(ordered_date) as first_date,
        min(ordered_date) as first_order_date,
        min(ordered_moment) as first_moment,
        min(case when ordered_moment is null then ordered_date end)
            as first_date_without_moment

    from {{ ref('fct_kpi__order_lines') }}

    where
        customer_id is not null
        and not is_cancelled

    group by 1
    {% endif %}
    {{ 'union all' if has_input('orders', 'order_lines', 'subscriptions') }}
    {% if has_input('subscriptions') %}
    select
        subscription_starts.customer_id,
        {{ 'min(versions.dim_source) as dim_source,' if own_source }}
        subscription_starts.first_date,
        cast(null as date) as first_order_date,
        min(versions.started_moment) as first_moment,
        case
            when count(versions.started_moment) < count(*)
                then subscription_starts.first_date
        end as first_date_without_moment

    from subscription_starts

    left join versions
        on subscription_starts.customer_id = versions.customer_id
        and subscription_starts.first_date = versions.started_date

    group by 1, 2
    {% endif %}
),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

first_date_of_customers as (

    select
        customer_id,
        {{ 'min(dim_source) as dim_source,' if own_source }}
        min(first_date) as first_date,
        min(first_order_date) as first_order_date

    from first_dates

    group by 1

),

-- an order and a subscription of one day: the first of both, if both are known
first_moments as (

    select
        first_date_of_customers.customer_id,
        min(first_dates.first_moment) as first_moment

    from first_date_of_customers

    inner join first_dates
        on first_date_of_customers.customer_id = first_dates.customer_id
        and first_date_of_customers.first_date = first_dates.first_date

    group by 1

    having
        sum(case
            when first_dates.first_date_without_moment = first_dates.first_date
                then 1
            else 0
        end) = 0

),

final as (

    select
        first_date_of_customers.customer_id,
        {{ customer_attributes(
            source='first_date_of_customers.dim_source' if own_source
            else 'customers.dim_source'
        ) }},
        first_date_of_customers.first_date,
        first_date_of_customers.first_order_date,
        first_moments.first_moment

    from first_date_of_customers

    left join first_moments
        on first_date_of_customers.customer_id = first_moments.customer_id

    left join customers
        on first_date_of_customers.customer_id = customers.customer_id

)

select * from final
