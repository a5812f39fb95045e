{{ config(enabled=feeds('stripe', 'refunds')) }}
{%- set text_type = dbt.type_string() %}

with

refunds as (

    select * from {{ ref('int_stripe__money_back') }}

),

lines as (

    select * from {{ ref('int_stripe__billed_lines') }}

    where invoice_id in (select refunds.invoice_id from refunds)

),

subscriptions as (

    select
        subscription_id,
        subscription_ended_at

    from {{ ref('int_stripe__states') }}

    where state_number = 1

),

-- what was billed for the time after a subscription's end was never revenue: paid back, it takes nothing off
lines_with_unused as (

    select
        lines.invoice_id,
        lines.is_one_off,
        lines.amount,
        case
            when subscriptions.subscription_ended_at <= lines.period_start then 1
            when subscriptions.subscription_ended_at < lines.period_end
                then {{ ratio(
                    dbt.datediff('subscriptions.subscription_ended_at', 'lines.period_end', 'second'),
                    dbt.datediff('lines.period_start', 'lines.period_end', 'second'),
                ) }}
            else 0
        end as unused_share

    from lines

    left join subscriptions
        on lines.subscription_id = subscriptions.subscription_id
        and not lines.is_one_off

),

invoices as (

    select
        invoice_id,
        sum(case when is_one_off then amount else 0 end) as one_off_amount,
        sum(case when is_one_off then 0 else amount end) as subscription_amount,
        sum(case when is_one_off then 0 else cast(amount * unused_share as numeric(28, 6)) end) as unused_amount

    from lines_with_unused

    group by invoice_id

),

-- a refund names no line: it is of all that its invoice billed, by what that came to
parts as (

    select
        refunds.refund_id,
        refunds.invoice_id,
        refunds.customer_id,
        refunds.refunded_at,
        refunds.currency_code,
        cast(refunds.amount * case
            when coalesce(invoices.one_off_amount, 0) <= 0 then 0
            when invoices.subscription_amount <= 0 then 1
            else {{ ratio('invoices.one_off_amount', 'invoices.one_off_amount + invoices.subscription_amount') }}
        end as numeric(28, 6)) as one_off_amount,
        refunds.amount,
        coalesce(invoices.unused_amount, 0) as unused_amount

    from refunds

    left join invoices
        on refunds.invoice_id = invoices.invoice_id

),

running as (

    select
        *,
        amount - one_off_amount as subscription_amount,
        sum(amount - one_off_amount) over (
            partition by invoice_id
            order by refunded_at, refund_id
            rows between unbounded preceding and current row
        ) as paid_back_so_far

    from parts

),

of_subscriptions as (

    select
        *,
        greatest(paid_back_so_far - unused_amount, 0)
        - greatest(paid_back_so_far - subscription_amount - unused_amount, 0) as counted_amount

    from running

),

final as (
    {% if feeds('stripe', 'orders') %}
    select
        refund_id,
        invoice_id as order_id,
        cast(null as {{ text_type }}) as order_line_id,
        cast(null as {{ text_type }}) as product_category,
        cast(null as {{ text_type }}) as subscription_id,
        cast(null as {{ text_type }}) as customer_id,
        refunded_at,
        one_off_amount as amount,
        currency_code

    from parts

    where one_off_amount != 0

    union all
    {% endif %}
    select
        'subscription-' || refund_id as refund_id,
        cast(null as {{ text_type }}) as order_id,
        cast(null as {{ text_type }}) as order_line_id,
        cast(null as {{ text_type }}) as product_category,
        cast(null as {{ text_type }}) as subscription_id,
        customer_id,
        refunded_at,
        cast(counted_amount as numeric(28, 6)) as amount,
        currency_code

    from of_subscriptions

    where counted_amount != 0

)

select * from final
