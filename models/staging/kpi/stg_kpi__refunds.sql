{#- grain: row of refunds, with the customer, plan and rate of what it is of -#}
{{ config(enabled=staging_is_on('refunds')) }}

with

source as (

    {{ read_input('refunds') }}

),

refundables as (

    select * from {{ ref('int_kpi__refundables') }}

),

typed as (

    select
        {{ id_of('refund_id') }} as refund_id,
        {{ id_of('order_id') }} as order_id,
        {{ id_of('subscription_id') }} as subscription_id,
        {{ id_of('customer_id') }} as named_customer_id,
        {{ currency('currency_code') }} as own_currency_code,
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
        {{ refund_of() }} as refund_of,
        {{ refund_of(of_key=true) }} as refunded_key,
        coalesce(refunded_date, cast('1970-01-01' as date)) as refunded_day

    from typed

),

with_refunded as (

    select
        named.*,
        refundables.refunded_key as known_key,
        refundables.customer_id,
        refundables.refunded_source,
        {% for column in (attributes_of('orders') | list) + (attributes_of('subscriptions') | list) -%}
        coalesce(refundables.{{ column }}, 'unknown') as {{ column }},
        {% endfor -%}
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

checked as (

    select
        with_refunded.*,
        {{ rate_of_refund('with_refunded') }} as exchange_rate,
        coalesce(daily_rates.is_carried_forward, false) as is_rate_carried,
        case
            when with_refunded.refund_id is null then 'no refund_id'
            {{ when_without_day('refunded_at', 'with_refunded.refunded_date', 'with_refunded.refunded_at') }}
            {{ when_not_a_number('amount', 'with_refunded.amount', 'with_refunded.raw_amount') }}
            {{ when_negative_amount('with_refunded') }}
            {{ when_from_another_source('refunds', 'with_refunded', 'refund_id') }}
            {{ when_refund_of_nothing('with_refunded') }}
            {{ when_without_rate('with_refunded.currency_code') }}
            {{ when_worth_too_much(
                'amount', 'with_refunded.amount',
                rate_of_refund('with_refunded'), 'with_refunded.raw_amount',
            ) }}
        end as reject_reason

    from with_refunded

    {{ join_rates('with_refunded.currency_code', 'with_refunded.rate_date') }}

),

final as (

    select
        refund_id,
        order_id,
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
        {{ row_status(
            ['refund_id'], day='read_date', latest_by='refunded_time',
            ties=['amount desc', 'currency_code', 'refund_of', 'refunded_key'],
        ) }} as row_status,
        reject_reason,
        source_name,
        {{ rejected_row() }} as raw_row

    from checked

)

select * from final
