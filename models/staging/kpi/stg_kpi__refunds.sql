{{ config(enabled=staging_is_on('refunds')) }}
{%- set has_orders = has_input('orders', 'order_lines') -%}
{%- set has_subscriptions = has_input('subscriptions') %}

with

source as (

    {{ read_input('refunds') }}

),

refundables as (

    select * from {{ ref('int_kpi__refundables') }}

),

typed as (

    select
        refund_id,
        order_id,
        order_line_id,
        {{ text('product_category') }} as named_product_category,
        subscription_id,
        customer_id as named_customer_id,
        currency_code as own_currency_code,
        {{ number('amount') }} as amount,
        amount as raw_amount,
        {{ reporting_date('refunded_at') }} as refunded_date,
        {{ utc_time('refunded_at') }} as refunded_time,
        refunded_at,
        source_name,
        source_rank,
        raw_row

    from source

),

named as (

    select
        *,
        -- the first that it names of those that are mapped; a customer where it names nothing else
        case
            when {{ has_orders }} and order_id is not null then 'order'
            when {{ has_subscriptions }} and subscription_id is not null
                then 'subscription'
            when
                order_id is null
                and subscription_id is null
                and named_customer_id is not null
                then 'customer'
        end as refund_of,
        case
            when {{ has_orders }} and order_id is not null then order_id
            when {{ has_subscriptions }} and subscription_id is not null
                then subscription_id
            when
                order_id is null
                and subscription_id is null
                and named_customer_id is not null
                then named_customer_id
        end as refunded_key,
        coalesce(refunded_date, cast('1970-01-01' as date)) as refunded_day

    from typed

),

with_refunded as (

    select
        named.*,
        refundables.refunded_key as known_key,
        refundables.customer_id,
        refundables.refunded_source,
        {{ columns_from(attributes_of('orders'), 'refundables', otherwise="'unknown'") }}
        {{ columns_from(attributes_of('subscriptions'), 'refundables', otherwise="'unknown'") }}
        coalesce(refundables.is_cancelled, false) as is_cancelled,
        refundables.exchange_rate as order_rate,
        refundables.currency_code as known_currency_code,
        coalesce(named.own_currency_code, refundables.currency_code) as currency_code,
        case
            when named.refund_of = 'order' and refundables.first_date is not null
                then refundables.first_date
            else named.refunded_date
        end as rate_date,
        -- a refund isn't read before what it is of
        case
            when refundables.first_date > named.refunded_date
                then refundables.first_date
            else named.refunded_date
        end as read_date

    from named

    left join refundables
        on named.refund_of = refundables.refund_of
        and named.refunded_key = refundables.refunded_key
        -- one version of a subscription, be the day unreadable or before all
        and coalesce(named.refunded_day >= refundables.valid_from, true)
        and coalesce(named.refunded_day < refundables.valid_to, true)

),

with_rate as (

    {{ with_rate('with_refunded', day='rate_date', rate='day_rate') }}

),

-- its order's rate where it is in the order's currency, else that of its day
with_own_rate as (

    select
        *,
        case
            when order_rate is not null and currency_code = known_currency_code
                then order_rate
            else day_rate
        end as exchange_rate

    from with_rate

),

checked as (

    select
        *,
        case
            when with_own_rate.refund_id is null -- noqa: RF03
                then {{ because('no_key', words={'column': 'refund_id'}) }}
            {{ when_without_day('refunded_at', 'with_own_rate.refunded_date', 'with_own_rate.refunded_at') }}
            {{ when_not_a_number('amount', 'with_own_rate.amount', 'with_own_rate.raw_amount') }}
            {{ when_negative_amount('with_own_rate') }}
            {{ when_from_another_source('refunds', 'with_own_rate', 'refund_id') }}
            when
                with_own_rate.refund_of is null
                and with_own_rate.order_id is not null
                then {{ because('orders_not_mapped', 'with_own_rate.order_id') }}
            when
                with_own_rate.refund_of is null
                and with_own_rate.subscription_id is not null
                then {{ because('subscriptions_not_mapped', 'with_own_rate.subscription_id') }}
            when with_own_rate.refund_of is null
                then {{ because('refund_of_nothing') }}
            when
                with_own_rate.refund_of = 'order'
                and with_own_rate.known_key is null
                then {{ because('unknown_order', 'with_own_rate.refunded_key') }}
            when
                with_own_rate.refund_of = 'subscription'
                and with_own_rate.known_key is null
                then {{ because('unknown_subscription', 'with_own_rate.refunded_key') }}
            when
                {{ has_input('customers') }}
                and with_own_rate.refund_of = 'customer'
                and with_own_rate.known_key is null
                then {{ because('unknown_customer', 'with_own_rate.refunded_key') }}
            when with_own_rate.rate_problem is not null then with_own_rate.rate_problem
            {{ when_worth_too_much(
                'amount', 'with_own_rate.amount',
                'with_own_rate.exchange_rate', 'with_own_rate.raw_amount',
            ) }}
        end as reject_reason

    from with_own_rate

),

with_status as (

    {{ with_row_status(
        ['refund_id'],
        day='read_date',
        latest_by='refunded_time',
        ties=['amount desc', 'currency_code', 'refund_of', 'refunded_key'],
    ) }}

),

final as (

    select
        refund_id,
        order_id,
        order_line_id,
        named_product_category,
        subscription_id,
        customer_id,
        refund_of,
        refunded_source,
        {{ columns_from(attributes_of('orders')) }}
        {{ columns_from(attributes_of('subscriptions')) }}
        is_cancelled,
        currency_code,
        amount,
        exchange_rate,
        is_rate_carried,
        refunded_date,
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row

    from with_status

)

select * from final
