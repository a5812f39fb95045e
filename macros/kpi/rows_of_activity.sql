{# One row per customer, period and source of activity (orders, MRR at the period's end) of the mapped inputs. #}
{% macro rows_of_activity() -%}
    {%- set with_orders = has_input('orders', 'order_lines') -%}
    {%- set with_subscriptions = has_input('subscriptions') -%}
    {%- if with_orders %}
    select
        periods.period_grain,
        periods.period_start,
        order_lines.customer_id,
        1 as has_order,
        cast(sum(order_lines.revenue) as numeric(28, 6)) as order_revenue,
        cast(0 as numeric(28, 6)) as closing_mrr

    from {{ ref('fct_kpi__order_lines') }} as order_lines

    inner join periods
        on order_lines.ordered_date >= periods.period_start
        and order_lines.ordered_date <= periods.period_end

    where
        order_lines.customer_id is not null
        and not order_lines.is_cancelled

    group by 1, 2, 3
    {%- endif -%}
    {%- if with_orders and with_subscriptions %}

    union all
    {% endif -%}
    {%- if with_subscriptions %}
    select
        periods.period_grain,
        periods.period_start,
        customer_mrr.customer_id,
        0 as has_order,
        cast(0 as numeric(28, 6)) as order_revenue,
        customer_mrr.mrr as closing_mrr

    from {{ ref('fct_kpi__customer_mrr') }} as customer_mrr

    inner join periods
        on customer_mrr.valid_from <= periods.closing_date
        and coalesce(customer_mrr.valid_to > periods.closing_date, true)
    {%- endif -%}
{%- endmacro %}
