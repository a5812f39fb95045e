{{ config(enabled=feeds('stripe', 'orders')) }}

with

invoices as (

    select * from {{ ref('int_stripe__invoices') }}

),

one_off_invoices as (

    select distinct invoice_id

    from {{ ref('int_stripe__billed_lines') }}

    where is_one_off

),

final as (

    select
        invoices.invoice_id as order_id,
        invoices.customer_id,
        invoices.finalized_at as ordered_at,
        -- what is open is billed, and counts as what is paid does
        case when invoices.status = 'open' then 'invoiced' else invoices.status end as status,
        invoices.currency_code

    from invoices

    inner join one_off_invoices
        on invoices.invoice_id = one_off_invoices.invoice_id

)

select * from final
