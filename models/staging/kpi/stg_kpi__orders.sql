{%- set kept = keep_days('ordered_date', key='order_id', moment='ordered_at') -%}
{{ config(enabled=has_input('orders'), **kept.config) }}
{%- set counted = literals(order_statuses('counted')) -%}
{%- set not_counted = literals(order_statuses('not_counted')) %}

with

source as {{ kept.streamed }} (

    {{ read_input('orders', kept.of_source) }}

),

known_customers as (

    select * from {{ ref('int_kpi__customers') }}

),

typed as {{ kept.streamed }} (

    select
        order_id,
        customer_id,
        -- On Hold, on-hold and on_hold are one
        replace(replace(replace(lower({{ text('status') }}), ' ', ''), '-', ''), '_', '') as order_status,
        status,
        {{ columns_from(attributes_of('orders')) }}
        currency_code,
        {{ reporting_date('ordered_at') }} as ordered_date,
        {{ utc_time('ordered_at') }} as ordered_time,
        {{ utc_time('ordered_at', of_days=false) }} as ordered_moment,
        ordered_at,
        source_name,
        source_rank,
        raw_row

    from source

),

with_rate as {{ kept.streamed }} (

    {{ with_rate('typed', day='ordered_date') }}

),

checked as {{ kept.streamed }} (

    select
        with_rate.*,
        coalesce(with_rate.order_status in ({{ not_counted }}), false)
            as is_cancelled,
        case
            when with_rate.order_id is null then {{ because('no_key', words={'column': 'order_id'}) }}
            {{ when_without_day('ordered_at', 'with_rate.ordered_date', 'with_rate.ordered_at') }}
            when not (
                with_rate.order_status in ({{ counted }})
                or with_rate.order_status in ({{ not_counted }})
            )
                then {{ because('unknown_order_status', 'with_rate.status') }}
            {{ when_from_another_source('orders', 'with_rate', 'order_id') }}
            {{ when_without_customer('with_rate.customer_id') }}
            when with_rate.rate_problem is not null then with_rate.rate_problem
        end as reject_reason

    from with_rate

    left join known_customers
        on with_rate.customer_id = known_customers.customer_id

),

with_status as (

    {{ with_row_status(
        ['order_id'], day='ordered_date', latest_by='ordered_time',
        ties=['is_cancelled', 'customer_id', 'currency_code'],
        is_large=true,
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
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row,
        {{ kept.built_with }} as built_with

    from with_status

    where {{ kept.is_read }}

)

select *{{ kept.and_month }} from final
