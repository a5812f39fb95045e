{{ config(enabled=revenue_is_on()) }}
{%- set text, moment = dbt.type_string(), dbt.type_timestamp() -%}
{#- without customers, who they are is what they came by -#}
{%- set own_source = source_is_on() and not has_input('customers') %}

with

order_lines as (

    select * from {{ optional_model(
        'fct_kpi__order_lines', has_input('orders', 'order_lines'), columns={
            'customer_id': text, 'dim_source': text, 'ordered_date': 'date',
            'ordered_moment': moment, 'is_cancelled': 'boolean',
        },
    ) }}

    where
        customer_id is not null
        and not is_cancelled

),

versions as (

    select * from {{ optional_model(
        'fct_kpi__subscription_versions', has_input('subscriptions'), columns={
            'customer_id': text, 'dim_source': text, 'started_date': 'date',
            'started_moment': moment, 'mrr': 'numeric(28, 6)',
        },
    ) }}

    where mrr > 0

),

subscription_starts as (

    select
        customer_id,
        min(valid_from) as first_date

    from {{ optional_model(
        'fct_kpi__customer_mrr', has_input('subscriptions'),
        columns={'customer_id': text, 'valid_from': 'date', 'mrr': 'numeric(28, 6)'},
    ) }}

    where mrr > 0

    group by 1

),

first_dates as (

    select
        customer_id,
        {{ 'min(dim_source)' if own_source else 'cast(null as ' ~ text ~ ')' }}
            as dim_source,
        min(ordered_date) as first_date,
        min(ordered_date) as first_order_date,
        min(ordered_moment) as first_moment,
        min(case when ordered_moment is null then ordered_date end)
            as first_date_without_moment

    from order_lines

    group by 1

    union all

    select
        subscription_starts.customer_id,
        {{ 'min(versions.dim_source)' if own_source
            else 'cast(null as ' ~ text ~ ')' }} as dim_source,
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

    group by subscription_starts.customer_id, subscription_starts.first_date

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

first_date_of_customers as (

    select
        customer_id,
        min(dim_source) as dim_source,
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
