{{ config(enabled=feeds('stripe', 'orders') or feeds('stripe', 'order_lines') or feeds('stripe', 'refunds')) }}

with

invoices as (

    {{ raw_table('stripe', 'invoice', {
        'id': 'text', 'customer_id': 'text', 'status': 'text', 'created': 'time', 'finalized_at': 'time',
        'currency': 'text', 'subtotal': 'number', 'total': 'number', 'tax': 'number', 'total_excluding_tax': 'number',
        'charge_id': 'text', 'payment_intent_id': 'text', 'livemode': 'boolean', 'is_deleted': 'boolean',
    }) }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'stripe'

),

without_tax as (

    select
        *,
        coalesce(total_excluding_tax, total - coalesce(tax, 0)) as net_total

    from invoices

),

final as (

    select
        without_tax.id as invoice_id,
        coalesce(links.customer_id, without_tax.customer_id) as customer_id,
        without_tax.status,
        coalesce(without_tax.finalized_at, without_tax.created) as finalized_at,
        upper(without_tax.currency) as currency_code,
        without_tax.charge_id,
        without_tax.payment_intent_id,
        -- what is left of a line after coupons and without a tax that is in it
        coalesce({{ ratio('without_tax.net_total', 'without_tax.subtotal') }}, 1) as line_share,
        -- what is left of what was paid without tax
        coalesce({{ ratio('without_tax.net_total', 'without_tax.total') }}, 1) as net_share

    from without_tax

    left join links
        on without_tax.customer_id = links.source_customer_id

    -- what was written off was never paid, and a draft was never sent
    where
        without_tax.status in ('paid', 'open')
        and coalesce(without_tax.livemode, true)
        and not coalesce(without_tax.is_deleted, false)

)

select * from final
