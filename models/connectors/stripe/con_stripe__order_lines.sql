{{ config(enabled=feeds('stripe', 'order_lines')) }}

with

lines as (

    select * from {{ ref('int_stripe__billed_lines') }}

    where is_one_off

),

prices as (

    {{ raw_table('stripe', 'price', {'id': 'text', 'product_id': 'text'}) }}

),

products as (

    {{ raw_table('stripe', 'product', {'id': 'text', 'name': 'text'}) }}

),

final as (

    select
        lines.line_id as order_line_id,
        lines.invoice_id as order_id,
        products.name as product_category,
        coalesce(nullif(lines.quantity, 0), 1) as quantity,
        coalesce({{ ratio('lines.amount', 'lines.quantity') }}, lines.amount) as unit_price,
        cast(null as numeric(28, 6)) as discount_amount,
        lines.amount,
        cast(null as numeric(28, 12)) as unit_cost

    from lines

    left join prices
        on lines.price_id = prices.id

    left join products
        on prices.product_id = products.id

)

select * from final
