{{ config(enabled=feeds('shopify', 'order_lines')) }}

with

lines as (

    {{ raw_table('shopify', 'order_line', {
        'id': 'text', 'order_id': 'text', 'product_id': 'text', 'variant_id': 'text', 'price': 'price',
        'quantity': 'number', 'total_discount': 'number', 'gift_card': 'boolean',
        'original_total_set_shop_amount': 'price',
    }) }}

),

shipping_lines as (

    {{ raw_table('shopify', 'order_shipping_line', {
        'id': 'text', 'order_id': 'text', 'price': 'price', 'discounted_price': 'price', 'is_removed': 'boolean',
    }) }}

),

allocations as (

    {{ raw_table('shopify', 'discount_allocation', {'order_line_id': 'text', 'amount': 'number'}) }}

),

tax_lines as (

    {{ raw_table('shopify', 'tax_line', {'order_line_id': 'text', 'price': 'number'}) }}

),

shipping_tax_lines as (

    {{ raw_table('shopify', 'order_shipping_tax_line', {'order_shipping_line_id': 'text', 'price': 'number'}) }}

),

products as (

    {{ raw_table('shopify', 'product', {'id': 'text', 'product_type': 'text', 'vendor': 'text'}) }}

),

variants as (

    {{ raw_table('shopify', 'product_variant', {'id': 'text', 'inventory_item_id': 'text'}) }}

),

inventory_items as (

    {{ raw_table('shopify', 'inventory_item', {
        'id': 'text', 'unit_cost_amount': 'price', 'cost': 'price', 'unit_cost_currency_code': 'text',
    }) }}

),

orders as (

    select * from {{ ref('int_shopify__orders') }}

),

discounts_by_line as (

    select
        order_line_id,
        sum(amount) as amount

    from allocations

    group by order_line_id

),

taxes_by_line as (

    select
        order_line_id,
        sum(price) as amount

    from tax_lines

    group by order_line_id

),

taxes_by_shipping_line as (

    select
        order_shipping_line_id,
        sum(price) as amount

    from shipping_tax_lines

    group by order_shipping_line_id

),

all_lines as (

    select
        lines.id as order_line_id,
        lines.order_id,
        products.{{ source_setting('shopify', 'category') }} as product_category,
        lines.quantity,
        -- the GraphQL schema has what the line came to
        coalesce(
            lines.price,
            cast({{ ratio('lines.original_total_set_shop_amount', 'lines.quantity') }} as numeric(28, 12))
        ) as price,
        -- a discount of the whole order stands in the allocations alone
        coalesce(discounts_by_line.amount, lines.total_discount) as discount_amount,
        taxes_by_line.amount as tax_amount,
        coalesce(inventory_items.unit_cost_amount, inventory_items.cost) as unit_cost,
        inventory_items.unit_cost_currency_code

    from lines

    left join discounts_by_line
        on lines.id = discounts_by_line.order_line_id

    left join taxes_by_line
        on lines.id = taxes_by_line.order_line_id

    left join products
        on lines.product_id = products.id

    left join variants
        on lines.variant_id = variants.id

    left join inventory_items
        on variants.inventory_item_id = inventory_items.id

    -- a gift card that is sold is a debt
    where not coalesce(lines.gift_card, false)

    union all

    select
        'shipping-' || shipping_lines.id as order_line_id,
        shipping_lines.order_id,
        'shipping' as product_category,
        1 as quantity,
        coalesce(shipping_lines.discounted_price, shipping_lines.price) as price,
        0 as discount_amount,
        taxes_by_shipping_line.amount as tax_amount,
        null as unit_cost,
        null as unit_cost_currency_code

    from shipping_lines

    left join taxes_by_shipping_line
        on shipping_lines.id = taxes_by_shipping_line.order_shipping_line_id

    where
        {{ source_setting('shopify', 'include_shipping') }}
        and not coalesce(shipping_lines.is_removed, false)

),

final as (

    select
        all_lines.order_line_id,
        all_lines.order_id,
        all_lines.product_category,
        all_lines.quantity,
        case
            when orders.is_tax_included and all_lines.quantity > 0
                then cast(all_lines.price - coalesce(all_lines.tax_amount, 0) / all_lines.quantity as numeric(28, 12))
            else all_lines.price
        end as unit_price,
        all_lines.discount_amount,
        cast(null as numeric(28, 6)) as amount,
        -- a cost in another currency than the sale's isn't known
        case
            when coalesce(all_lines.unit_cost_currency_code, orders.currency_code) = orders.currency_code
                then all_lines.unit_cost
        end as unit_cost

    from all_lines

    inner join orders
        on all_lines.order_id = orders.order_id

)

select * from final
