{#- grain: row of refunds -#}
{{ config(enabled=staging_is_on('refunds')) }}

with

source as (

    {{ read_input('refunds') }}

),

orders as (

    select
        order_id,
        currency_code,
        ordered_date,
        exchange_rate,
        row_number() over (
            partition by order_id
            order by ordered_date
        ) as date_number

    from {{ ref('stg_kpi__orders') }}

    where row_status in ('accepted', 'after_as_of')

),

typed as (

    select
        {{ id_of('refund_id') }} as refund_id,
        {{ id_of('order_id') }} as order_id,
        upper({{ text('currency_code') }}) as own_currency_code,
        {{ number('amount') }} as amount,
        {{ reporting_date('refunded_at') }} as refunded_date,
        refunded_at,
        source_name,
        source_rank,
        raw_row

    from source

),

with_order as (

    select
        typed.*,
        orders.order_id as known_order_id,
        orders.ordered_date,
        orders.exchange_rate as order_rate,
        orders.currency_code as order_currency_code,
        coalesce(typed.own_currency_code, orders.currency_code)
            as currency_code

    from typed

    -- an order that is dated twice, once after the as-of date, has the first
    left join orders
        on typed.order_id = orders.order_id
        and orders.date_number = 1

),

checked as (

    select
        with_order.*,
        case
            when with_order.currency_code = with_order.order_currency_code
                then with_order.order_rate
            else {{ rate_to_reporting('with_order.currency_code') }}
        end as exchange_rate,
        coalesce(daily_rates.is_carried_forward, false) as is_rate_carried,
        -- a refund isn't read before its order is
        case
            when with_order.ordered_date > with_order.refunded_date
                then with_order.ordered_date
            else with_order.refunded_date
        end as read_date,
        case
            when with_order.refund_id is null then 'no refund_id'
            when with_order.refunded_date is null
                then 'refunded_at is missing or not a date'
            when with_order.amount is null
                then 'amount is missing or not a number'
            when with_order.amount < 0 then 'negative amount'
            {{ when_from_another_source('refunds', 'with_order', 'refund_id') }}
            when with_order.known_order_id is null
                then 'its order is not in orders, or was rejected'
            {{ when_without_rate('with_order.currency_code') }}
        end as reject_reason

    from with_order

    {{ join_rates('with_order.currency_code', 'with_order.ordered_date') }}

),

final as (

    select
        refund_id,
        order_id,
        currency_code,
        amount,
        exchange_rate,
        is_rate_carried,
        refunded_date,
        {{ row_status(
            ['refund_id'], day='read_date', latest_by='refunded_at'
        ) }} as row_status,
        reject_reason,
        source_name,
        {{ rejected_row() }} as raw_row

    from checked

)

select * from final
