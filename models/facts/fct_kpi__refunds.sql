{{ config(enabled=staging_is_on('refunds')) }}
{%- set lines = attributes_of('order_lines') %}

with

refunds as (

    select * from {{ ref('stg_kpi__refunds') }}

    where row_status = 'accepted'

),

order_lines as (

    {% if has_input('orders', 'order_lines') -%}
    select * from {{ ref('fct_kpi__order_lines') }}
    {%- else -%}
    select
        {{ columns_from(lines, value='cast(null as ' ~ dbt.type_string() ~ ')') }}
        cast(null as {{ dbt.type_string() }}) as order_line_id,
        cast(null as {{ dbt.type_string() }}) as order_id,
        cast(null as numeric(28, 6)) as revenue

    where 1 = 0
    {%- endif %}

),

-- what an order sold of each kind; a credit among its lines takes no part of a refund
order_parts as (

    select
        order_id,
        {{ columns_from(lines) }}
        sum(case when revenue > 0 then revenue else 0 end) as sold

    from order_lines

    group by {{ (['order_id'] + lines | list) | join(', ') }}

),

-- the kind that a refund names itself: by its line, else by its category
named as (

    select
        {% for column, source in lines.items() -%}
        {{ 'coalesce(order_lines.' ~ column ~ ', refunds.named_product_category)'
            if source == 'product_category' else 'order_lines.' ~ column }}
            as own_{{ column }},
        {% endfor -%}
        refunds.*

    from refunds

    left join order_lines
        on refunds.refund_of = 'order'
        and refunds.order_id = order_lines.order_id
        and refunds.order_line_id = order_lines.order_line_id

),

with_parts as (

    select
        named.*,
        {% for column in lines -%}
        case
            when named.refund_of = 'subscription' then 'subscriptions'
            when named.refund_of = 'order'
                then coalesce(order_parts.{{ column }}, named.own_{{ column }}, 'unknown')
            else 'unknown'
        end as {{ column }},
        {% endfor -%}
        -- equal parts where nothing that it may be of was sold for more than 0
        case
            when sum(coalesce(order_parts.sold, 0)) over (partition by named.refund_id) > 0
                then order_parts.sold
            else 1
        end as part_weight

    from named

    left join order_parts
        on named.refund_of = 'order'
        and named.order_id = order_parts.order_id
        {%- for column in lines %}
        and coalesce(named.own_{{ column }}, order_parts.{{ column }})
        = order_parts.{{ column }}
        {%- endfor %}

),

running as (

    select
        *,
        sum(part_weight) over (
            partition by refund_id
            order by {{ (['part_weight'] + lines | list) | join(', ') }}
            rows between unbounded preceding and current row
        ) as weight_so_far,
        sum(part_weight) over (partition by refund_id) as whole_weight

    from with_parts

    where part_weight > 0

),

-- a part is what is due up to it less what was due before it, so that rounded parts add up to the refund
shares as (

    select
        *,
        cast({{ ratio('weight_so_far', 'whole_weight') }} as numeric(18, 9))
            as share_so_far,
        cast({{ ratio('weight_so_far - part_weight', 'whole_weight') }} as numeric(18, 9))
            as share_before,
        {{ to_reporting_currency('amount', 'exchange_rate') }} as whole_refund

    from running

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

joined as (

    select
        shares.refund_id,
        shares.order_id,
        shares.subscription_id,
        shares.customer_id,
        shares.refund_of,
        {{ columns_from(attributes_of('subscriptions'), 'shares') }}
        {{ columns_from(attributes_of('orders'), 'shares') }}
        {{ columns_from(lines, 'shares') }}
        {{ customer_attributes(
            source='coalesce(shares.refunded_source, customers.dim_source)'
        ) }},
        shares.currency_code,
        cast(
            {{ to_reporting_currency('shares.amount', 'shares.share_so_far') }}
            - {{ to_reporting_currency('shares.amount', 'shares.share_before') }}
            as numeric(28, 6)
        ) as amount,
        cast(
            {{ to_reporting_currency('shares.whole_refund', 'shares.share_so_far') }}
            - {{ to_reporting_currency('shares.whole_refund', 'shares.share_before') }}
            as numeric(28, 6)
        ) as refund,
        shares.is_cancelled,
        shares.refunded_date

    from shares

    left join customers on shares.customer_id = customers.customer_id

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
