{{ config(enabled=staging_is_on('refunds'), materialized='view') }}
{%- set text, far = dbt.type_string(), "cast('9999-12-31' as date)" %}

with

orders as (

    select
        *,
        row_number() over (
            partition by order_id
            order by ordered_date
        ) as date_number

    from {{ optional_input('orders', {
        'order_id': text,
        'customer_id': text,
        'source_name': text,
        'currency_code': text,
        'exchange_rate': 'numeric(28, 12)',
        'ordered_date': 'date',
        'is_cancelled': 'boolean',
    }) }}

    where row_status in ('accepted', 'after_as_of')

),

versions as (

    select
        *,
        row_number() over (
            partition by subscription_id
            order by
                started_date,
                -- one that ends on its first day never displaces another
                case when ended_date = started_date then 0 else 1 end,
                started_time, coalesce(ended_date, {{ far }}), plan
        ) as version_number,
        min(started_date) over (partition by subscription_id)
            as first_started_date,
        lead(started_date) over (
            partition by subscription_id
            order by
                started_date,
                -- one that ends on its first day never displaces another
                case when ended_date = started_date then 0 else 1 end,
                started_time, coalesce(ended_date, {{ far }}), plan
        ) as next_started_date

    from {{ optional_input('subscriptions', {
        'subscription_id': text,
        'customer_id': text,
        'source_name': text,
        'currency_code': text,
        'started_date': 'date',
        'ended_date': 'date',
        'started_time': dbt.type_timestamp(),
    }) }}

    where row_status in ('accepted', 'after_as_of')

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

final as (

    select
        'order' as refund_of,
        order_id as refunded_key,
        customer_id,
        {{ columns_from(attributes_of('orders')) }}
        {{ columns_from(attributes_of('subscriptions'), value="'unknown'") }}
        source_name as refunded_source,
        currency_code,
        exchange_rate,
        ordered_date as first_date,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        is_cancelled

    from orders

    -- an order that is dated twice, once after the as-of date, has the first
    where date_number = 1

    union all

    select
        'subscription' as refund_of,
        subscription_id as refunded_key,
        customer_id,
        {{ columns_from(attributes_of('orders'), value="'subscriptions'") }}
        {{ columns_from(attributes_of('subscriptions')) }}
        source_name as refunded_source,
        currency_code,
        -- a refund that is of no order converts at its own day's rate
        cast(null as numeric(28, 12)) as exchange_rate,
        first_started_date as first_date,
        case when version_number > 1 then started_date end as valid_from,
        next_started_date as valid_to,
        false as is_cancelled

    from versions

    union all

    select
        'customer' as refund_of,
        customer_id as refunded_key,
        customer_id,
        {{ columns_from(attributes_of('orders'), value="'unknown'") }}
        {{ columns_from(attributes_of('subscriptions'), value="'unknown'") }}
        cast(null as {{ text }}) as refunded_source,
        cast(null as {{ text }}) as currency_code,
        cast(null as numeric(28, 12)) as exchange_rate,
        cast(null as date) as first_date,
        cast(null as date) as valid_from,
        cast(null as date) as valid_to,
        false as is_cancelled

    from customers

)

select * from final
