{# What a refund is of (order, subscription or customer), or its key: the first that it names of those that are mapped; a customer where it names nothing else. #}
{% macro refund_of(of_key=false) -%}
    case
            {%- if has_input('orders', 'order_lines') %}
            when order_id is not null then {{ 'order_id' if of_key else "'order'" }}
            {%- endif %}
            {%- if has_input('subscriptions') %}
            when subscription_id is not null then {{ 'subscription_id' if of_key else "'subscription'" }}
            {%- endif %}
            when order_id is null and subscription_id is null and named_customer_id is not null
                then {{ 'named_customer_id' if of_key else "'customer'" }}
        end
{%- endmacro %}

{# The reasons for a refund of what isn't there; case branches. #}
{% macro when_refund_of_nothing(rows) -%}
    when {{ rows }}.refund_of is null and {{ rows }}.order_id is not null
                then {{ because('it names an order, and orders with order_lines are not mapped', rows ~ '.order_id') }}
            when {{ rows }}.refund_of is null and {{ rows }}.subscription_id is not null
                then {{ because('it names a subscription, and subscriptions is not mapped', rows ~ '.subscription_id') }}
            when {{ rows }}.refund_of is null then 'it names no order, no subscription and no customer'
            when {{ rows }}.refund_of = 'order' and {{ rows }}.known_key is null
                then {{ because('its order is not in orders, or was rejected', rows ~ '.refunded_key') }}
            when {{ rows }}.refund_of = 'subscription' and {{ rows }}.known_key is null
                then {{ because('its subscription is not in subscriptions, or was rejected', rows ~ '.refunded_key') }}
            {%- if has_input('customers') %}
            when {{ rows }}.refund_of = 'customer' and {{ rows }}.known_key is null
                then {{ because('its customer is not in customers', rows ~ '.refunded_key') }}
            {%- endif %}
{%- endmacro %}

{# The rate of a refund: its order's where it is in the order's currency, else that of its day (after join_rates). #}
{% macro rate_of_refund(rows) -%}
    case
            when {{ rows }}.order_rate is not null and {{ rows }}.currency_code = {{ rows }}.known_currency_code then {{ rows }}.order_rate
            else {{ rate_to_reporting(rows ~ '.currency_code') }}
        end
{%- endmacro %}
