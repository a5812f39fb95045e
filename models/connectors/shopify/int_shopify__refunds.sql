{{ config(enabled='shopify' in named_sources()) }}
{#- one row per line of a refund, and per amount of one that is of no line -#}
{%- set adjustments = ['refund_discrepancy'] -%}
{%- do adjustments.append('shipping_refund') if source_setting('shopify', 'include_shipping') %}

with

refunds as (

    {{ raw_table('shopify', 'refund', {'id': 'text', 'order_id': 'text', 'created_at': 'time'}) }}

),

refunded_lines as (

    {{ raw_table('shopify', 'order_line_refund', {
        'id': 'text', 'refund_id': 'text', 'order_line_id': 'text', 'subtotal': 'number', 'total_tax': 'number',
    }) }}

),

lines as (

    {{ raw_table('shopify', 'order_line', {'id': 'text', 'gift_card': 'boolean'}) }}

),

adjustments as (

    {{ raw_table('shopify', 'order_adjustment', {
        'id': 'text', 'refund_id': 'text', 'kind': 'text', 'reason': 'text', 'amount': 'number',
    }) }}

),

-- in the GraphQL schema all are differences, unless the reason says that it is shipping
adjustments_by_kind as (

    select
        id,
        refund_id,
        amount,
        coalesce(
            kind,
            case when lower(reason) like 'shipping%' then 'shipping_refund' else 'refund_discrepancy' end
        ) as kind

    from adjustments

),

orders as (

    select * from {{ ref('int_shopify__orders') }}

),

amounts as (

    select
        refunded_lines.id as refund_id,
        refunded_lines.refund_id as parent_id,
        refunded_lines.order_line_id,
        cast(null as {{ dbt.type_string() }}) as product_category,
        refunded_lines.subtotal as amount,
        refunded_lines.total_tax as tax_amount

    from refunded_lines

    left join lines
        on refunded_lines.order_line_id = lines.id

    -- a gift card is a debt until it is redeemed
    where not coalesce(lines.gift_card, false)

    union all

    -- what isn't of a line: the shop's balance changes by it, so what is paid back is its opposite
    select
        'adjustment-' || id as refund_id,
        refund_id as parent_id,
        null as order_line_id,
        case when kind = 'shipping_refund' then 'shipping' end as product_category,
        -amount as amount,
        0 as tax_amount

    from adjustments_by_kind

    where kind in ({{ literals(adjustments) }})

),

final as (

    select
        amounts.refund_id,
        refunds.order_id,
        amounts.order_line_id,
        amounts.product_category,
        refunds.created_at as refunded_at,
        case
            when orders.is_tax_included then amounts.amount - coalesce(amounts.tax_amount, 0)
            else amounts.amount
        end as amount,
        orders.currency_code

    from amounts

    inner join refunds
        on amounts.parent_id = refunds.id

    inner join orders
        on refunds.order_id = orders.order_id

    -- a line that was taken out of an order before it was paid is a refund of nothing
    where amounts.amount != 0

)

select * from final
