{{ config(enabled=staging_is_on('refunds')) }}

with

refunds as (

    select * from {{ ref('stg_kpi__refunds') }}

    where row_status = 'accepted'

),

order_categories as (

    {% if has_input('orders', 'order_lines') -%}
    select
        order_id
        {%- for column in attributes_of('order_lines') %},
        case
            when min({{ column }}) = max({{ column }})
                then min({{ column }})
            else 'unknown'
        end as {{ column }}
        {%- endfor %}

    from {{ ref('fct_kpi__order_lines') }}

    group by 1
    {%- else -%}
    select
        {% for column in attributes_of('order_lines') -%}
        cast(null as {{ dbt.type_string() }}) as {{ column }},
        {% endfor -%}
        cast(null as {{ dbt.type_string() }}) as order_id

    where 1 = 0
    {%- endif %}

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

joined as (

    select
        refunds.refund_id,
        refunds.order_id,
        refunds.subscription_id,
        refunds.customer_id,
        refunds.refund_of,
        {{ columns_from(attributes_of('subscriptions'), 'refunds') }}
        {{ columns_from(attributes_of('orders'), 'refunds') }}
        {% for column in attributes_of('order_lines') -%}
        case
            when refunds.refund_of = 'subscription' then 'subscriptions'
            else coalesce(order_categories.{{ column }}, 'unknown')
        end as {{ column }},
        {% endfor -%}
        {{ customer_attributes(
            source='coalesce(refunds.refunded_source, customers.dim_source)'
        ) }},
        refunds.currency_code,
        refunds.amount,
        {{ to_reporting_currency('refunds.amount', 'refunds.exchange_rate') }}
            as refund,
        refunds.is_cancelled,
        refunds.refunded_date

    from refunds

    left join order_categories
        on refunds.refund_of = 'order'
        and refunds.order_id = order_categories.order_id

    left join customers on refunds.customer_id = customers.customer_id

),

final as (

    select
        *,
        -- what refund_rate divides by order revenue; without subscriptions
        -- all revenue is of orders, and so is a refund that names a customer
        case
            when {{ "refund_of = 'order'" if has_input('subscriptions')
                else "refund_of in ('order', 'customer')" }} then refund
            else cast(0 as numeric(28, 6))
        end as order_refund

    from joined

)

select * from final
