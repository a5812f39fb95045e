{{ config(enabled=feeds('stripe', 'orders') or feeds('stripe', 'order_lines') or feeds('stripe', 'refunds')) }}

with

lines as (

    {{ raw_table('stripe', 'invoice_line_item', {
        'id': 'text', 'invoice_id': 'text', 'subscription_id': 'text', 'subscription_item_id': 'text', 'type': 'text',
        'plan_id': 'text', 'price_id': 'text', 'quantity': 'number', 'amount': 'number', 'proration': 'boolean',
        'period_start': 'time', 'period_end': 'time',
    }) }}

),

invoices as (

    select * from {{ ref('int_stripe__invoices') }}

),

final as (

    select
        lines.id as line_id,
        lines.invoice_id,
        lines.subscription_id,
        coalesce(lines.price_id, lines.plan_id) as price_id,
        -- of no item of a subscription, though a set-up fee may be on its invoice
        lines.subscription_item_id is null
        and not coalesce(lines.proration, false)
        and case
            when lines.type is null then lines.subscription_id is null
            else lines.type not in ('subscription', 'subscription_item_details')
        end as is_one_off,
        lines.quantity,
        cast(
            {{ from_minor_units('lines.amount', 'invoices.currency_code') }} * invoices.line_share
            as numeric(28, 6)
        ) as amount,
        lines.period_start,
        lines.period_end

    from lines

    inner join invoices
        on lines.invoice_id = invoices.invoice_id

)

select * from final
