{# Why a version of a subscription can't be used; null where it can. Its own macro: stg_kpi__subscriptions would pass 120 lines. #}
{% macro subscription_reject_reason() -%}
    case
        when typed.subscription_id is null then 'no subscription_id'
        when typed.customer_id is null then 'no customer_id'
        {{ when_without_day('started_at', 'typed.started_date') }}
        when typed.is_end_unreadable then 'ended_at is not a date'
        when typed.ended_date < typed.started_date
            then 'it ends before it starts'
        when typed.amount is null then 'amount is missing or not a number'
        when typed.amount < 0 then 'negative amount'
        when typed.is_quantity_unreadable then 'quantity is not a number'
        when typed.quantity < 0 then 'negative quantity'
        when typed.status is null or typed.status not in (
            'active', 'cancelled', 'past_due', 'trialing', 'paused', 'unpaid'
        ) then 'unknown status: it must be active, cancelled, past_due, trialing, paused or unpaid'
        when typed.billing_interval is null or typed.billing_interval not in (
            'day', 'week', 'month', 'quarter', 'year'
        ) then 'unknown billing_interval: it must be day, week, month, quarter or year'
        {{ when_from_another_source('subscriptions', 'typed', 'subscription_id') }}
        {{ when_without_customer('typed.customer_id') }}
        {{ when_without_rate('typed.currency_code') }}
    end
{%- endmacro %}
