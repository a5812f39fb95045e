{#- grain: period grain x period x customer active in it: an order, or MRR > 0 at its end -#}
{{ config(enabled=revenue_is_on()) }}
{%- set with_orders = has_input('orders', 'order_lines') -%}
{%- set with_subscriptions = has_input('subscriptions') -%}
{%- set keys = ['period_grain', 'period_start', 'customer_id'] %}

with
{% if with_orders %}
order_lines as (

    select * from {{ ref('fct_kpi__order_lines') }}

    where
        customer_id is not null
        and not is_cancelled

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

orders as (

    select
        period_days.period_grain,
        period_days.period_start,
        order_lines.customer_id,
        1 as has_order,
        cast(sum(order_lines.revenue) as numeric(28, 6)) as order_revenue

    from order_lines

    inner join period_days
        on order_lines.ordered_date = period_days.calendar_date

    group by 1, 2, 3

),
{% endif %}{% if with_subscriptions %}
customer_mrr as (

    select * from {{ ref('fct_kpi__customer_mrr') }}

),

periods as (

    select
        *,
        case
            when is_complete_period then period_end else {{ as_of_date() }}
        end as closing_date

    from {{ ref('int_kpi__periods') }}

),

subscribers as (

    select
        periods.period_grain,
        periods.period_start,
        customer_mrr.customer_id,
        customer_mrr.mrr as closing_mrr

    from customer_mrr

    inner join periods
        on customer_mrr.valid_from <= periods.closing_date
        and coalesce(customer_mrr.valid_to > periods.closing_date, true)

    where customer_mrr.mrr > 0

),
{% endif %}
final as (

    select
        {% for key in keys -%}
        {% if with_orders and with_subscriptions -%}
        coalesce(orders.{{ key }}, subscribers.{{ key }}) as {{ key }},
        {%- else -%}
        {{ key }},
        {%- endif %}
        {% endfor -%}
        {{ 'coalesce(orders.has_order, 0)' if with_orders else 0 }} as has_order,
        {% for column, is_known in {
            'orders.order_revenue': with_orders,
            'subscribers.closing_mrr': with_subscriptions,
        }.items() -%}
        cast({{ 'coalesce(' ~ column ~ ', 0)' if is_known else 0 }}
            as numeric(28, 6)) as {{ column.split('.')[1] }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from {{ 'orders' if with_orders else 'subscribers' }}
    {% if with_orders and with_subscriptions %}
    full join subscribers
        on {% for key in keys -%}
            orders.{{ key }} = subscribers.{{ key }}
        {{ 'and ' if not loop.last }}
        {%- endfor %}
    {% endif %}
)

select * from final
