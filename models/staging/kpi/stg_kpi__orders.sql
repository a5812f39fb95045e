{#- grain: row of orders -#}
{{ config(
    enabled=has_input('orders'),
    materialized=incremental_materialization(),
    incremental_strategy=adding_rows('delete+insert'),
    partition_by=kept_parts(),
    unique_key='order_id',
    on_schema_change='fail',
    pre_hook="{{ forget_days('ordered_date', read_day('ordered_date')) }}",
) }}
{%- set start = reread_from(read_day('ordered_date')) %}

with

source as {{ streamed() }} (

    {{ read_input('orders', may_be_reread('ordered_at', start)) }}

),

known_customers as (

    {{ known_customers() }}

),

typed as {{ streamed() }} (

    select
        {{ id_of('order_id') }} as order_id,
        {{ id_of('customer_id') }} as customer_id,
        {{ order_status('status') }} as order_status,
        status,
        {{ attributes('orders') }}
        {{ currency('currency_code') }} as currency_code,
        {{ reporting_date('ordered_at') }} as ordered_date,
        {{ utc_time('ordered_at') }} as ordered_time,
        {{ known_moment('ordered_at') }} as ordered_moment,
        ordered_at,
        source_name,
        source_rank,
        raw_row

    from source

),

checked as {{ streamed() }} (

    select
        typed.*,
        {{ rate_to_reporting('typed.currency_code') }} as exchange_rate,
        coalesce(daily_rates.is_carried_forward, false) as is_rate_carried,
        coalesce({{ is_order_status('typed.order_status', 'not_counted') }}, false)
            as is_cancelled,
        case
            when typed.order_id is null then 'no order_id'
            {{ when_without_day('ordered_at', 'typed.ordered_date', 'typed.ordered_at') }}
            when not (
                {{ is_order_status('typed.order_status', 'counted') }}
                or {{ is_order_status('typed.order_status', 'not_counted') }}
            )
                then {{ because('status is on no list (okr_metrics_order_statuses adds words)', 'typed.status') }}
            {{ when_from_another_source('orders', 'typed', 'order_id') }}
            {{ when_without_customer('typed.customer_id') }}
            {{ when_without_rate('typed.currency_code') }}
        end as reject_reason

    from typed

    left join known_customers
        on typed.customer_id = known_customers.customer_id

    {{ join_rates('typed.currency_code', 'typed.ordered_date') }}

),

numbered as (

    {{ checked_with_copy_number(
        'order_id', day='ordered_date', latest_by='ordered_time',
        ties=['is_cancelled', 'customer_id', 'currency_code'],
    ) }}

),

final as (

    select
        order_id,
        customer_id,
        {{ columns_from(attributes_of('orders')) }}
        currency_code,
        exchange_rate,
        is_cancelled,
        is_rate_carried,
        ordered_date,
        ordered_moment,
        {{ row_status(day='ordered_date') }} as row_status,
        reject_reason,
        source_name,
        {{ rejected_row() }} as raw_row,
        '{{ built_with() }}' as built_with

    from numbered

    where {{ is_reread('ordered_date', start) }}

)

select *{{ and_kept_month('ordered_date') }} from final
