{{ config(enabled=feeds('stripe', 'refunds')) }}
{#- one row per refund, and per credit note as far as it was not paid out by a refund -#}

with

refunds as (

    {{ raw_table('stripe', 'refund', {
        'id': 'text', 'charge_id': 'text', 'payment_intent_id': 'text', 'created': 'time', 'amount': 'number',
        'currency': 'text', 'status': 'text',
    }) }}

),

charges as (

    {{ raw_table('stripe', 'charge', {'id': 'text', 'invoice_id': 'text'}) }}

),

credit_notes as (

    {{ raw_table('stripe', 'credit_note', {
        'id': 'text', 'invoice_id': 'text', 'refund_id': 'text', 'created': 'time', 'amount': 'number',
        'currency': 'text', 'status': 'text',
    }) }}

),

invoices as (

    select * from {{ ref('int_stripe__invoices') }}

),

paid_out as (

    select * from refunds

    where coalesce(status, 'succeeded') = 'succeeded'

),

all_amounts as (

    -- an invoice names its charge, or the charge its invoice
    select
        paid_out.id as refund_id,
        coalesce(charges.invoice_id, by_charge.invoice_id, by_intent.invoice_id) as invoice_id,
        paid_out.created as refunded_at,
        paid_out.amount,
        paid_out.currency

    from paid_out

    left join charges
        on paid_out.charge_id = charges.id

    left join invoices as by_charge
        on paid_out.charge_id = by_charge.charge_id

    left join invoices as by_intent
        on paid_out.payment_intent_id = by_intent.payment_intent_id

    union all

    select
        credit_notes.id as refund_id,
        credit_notes.invoice_id,
        credit_notes.created as refunded_at,
        credit_notes.amount - coalesce(paid_out.amount, 0) as amount,
        credit_notes.currency

    from credit_notes

    left join paid_out
        on credit_notes.refund_id = paid_out.id

    where coalesce(credit_notes.status, 'issued') != 'void'

),

final as (

    select
        all_amounts.refund_id,
        all_amounts.invoice_id,
        invoices.customer_id,
        all_amounts.refunded_at,
        cast(
            {{ from_minor_units('all_amounts.amount', 'all_amounts.currency') }} * invoices.net_share
            as numeric(28, 6)
        ) as amount,
        upper(all_amounts.currency) as currency_code

    from all_amounts

    -- a charge that pays no invoice is no sale that is read
    inner join invoices
        on all_amounts.invoice_id = invoices.invoice_id

    where all_amounts.amount > 0

)

select * from final
