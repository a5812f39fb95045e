{# Why a version of a subscription can't be used; null where it can. Its own macro: stg_kpi__subscriptions would pass 120 lines. #}
{% macro subscription_reject_reason() -%}
    case
        when typed.subscription_id is null then 'no subscription_id'
        when typed.customer_id is null then 'no customer_id'
        {{ when_without_day('started_at', 'typed.started_date', 'typed.started_at') }}
        {{ when_not_a_time('ended_at', 'typed.ended_date', 'typed.ended_at') }}
        when typed.ended_date < typed.started_date
            or typed.ended_moment < typed.started_moment
            then {{ because('it ends before it starts', 'typed.ended_at') }}
        {{ when_not_a_number('amount', 'typed.amount', 'typed.raw_amount') }}
        {%- if policy('negative_amounts') == 'reject' %}
        when typed.amount < 0 then {{ because('negative amount', 'typed.raw_amount') }}
        {%- endif %}
        {{ when_not_a_number('quantity', 'typed.quantity', 'typed.raw_quantity', is_required=false) }}
        {{ when_too_large('quantity', 'amount') }}
        when typed.quantity < 0 then {{ because('negative quantity', 'typed.raw_quantity') }}
        when typed.status is null then {{ because('unknown status: it must be ' ~ subscription_statuses() | join(', ')
            ~ ', or a word of okr_metrics_subscription_statuses', 'typed.raw_status') }}
        when typed.status = 'cancelled' and coalesce(typed.ended_date >= cast('2099-01-01' as date), true)
            then {{ because('cancelled without an end: it would pay for ever', 'typed.ended_at') }}
        when typed.billing_interval is null then {{ because('unknown billing_interval: it must be day, week, month, quarter,'
            ~ ' semiannual, year, or a number of them such as 2 years', 'typed.raw_interval') }}
        when typed.is_count_unreadable or typed.interval_count <= 0 or typed.units_in_word <= 0 or typed.interval_count != floor(typed.interval_count)
            then {{ because('interval_count is not a whole number above 0', 'typed.raw_interval_count') }}
        when typed.units_in_word * typed.interval_count > 36500
            then {{ because('interval_count is too large a number', 'typed.raw_interval_count') }}
        when typed.units_in_word > 1 and typed.interval_count > 1
            then {{ because('interval_count and billing_interval both count', "cast(typed.raw_interval as " ~ dbt.type_string() ~ ") || ' x ' || cast(typed.raw_interval_count as " ~ dbt.type_string() ~ ")") }}
        {{ when_from_another_source('subscriptions', 'typed', 'subscription_id') }}
        {{ when_without_customer('typed.customer_id') }}
        {{ when_without_rate('typed.currency_code') }}
        {{ when_worth_too_much('amount', 'cast(typed.amount as ' ~ type_double() ~ ') * coalesce(typed.quantity, 1)', rate_to_reporting('typed.currency_code'), 'typed.raw_amount') }}
    end
{%- endmacro %}
