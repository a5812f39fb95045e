{{ config(enabled=gate_is_on(), access='protected', contract={'enforced': false}) }}
{%- set amounts = {
    'refunds': 'amount',
    'subscriptions': product('amount', 'quantity'),
    'marketing_spend': 'amount',
    'operating_expenses': 'amount',
    'ledger_revenue': 'amount',
} %}

with

{% if has_input('orders', 'order_lines') -%}
rejected_lines as (

    select * from {{ ref('stg_kpi__order_lines') }}

    where row_status = 'rejected'

),

-- a line converts at the rate of its order, though that be rejected too
order_rates as (

    select
        order_id,
        max(exchange_rate) as exchange_rate

    from {{ ref('stg_kpi__orders') }}

    where order_id in (select rejected_lines.order_id from rejected_lines)

    group by 1

),

{% endif -%}
amounts_of_rows as (

    {% if has_input('orders', 'order_lines') -%}
    select
        'order_lines' as input,
        'accepted' as row_status,
        cast(null as {{ dbt.type_string() }}) as reject_reason,
        revenue as amount

    from {{ ref('fct_kpi__order_lines') }}

    union all

    select
        'order_lines' as input,
        'rejected' as row_status,
        rejected_lines.reject_reason,
        {{ to_reporting_currency(
            product('rejected_lines.quantity', 'rejected_lines.unit_price') ~ ' - rejected_lines.discount_amount',
            'order_rates.exchange_rate',
        ) }} as amount

    from rejected_lines

    left join order_rates on rejected_lines.order_id = order_rates.order_id

    union all

    {% endif -%}
    {% for input, amount in amounts.items() if staging_is_on(input) -%}
    select
        '{{ input }}' as input,
        row_status,
        reject_reason,
        {{ to_reporting_currency(amount, 'exchange_rate') }} as amount

    from {{ ref('stg_kpi__' ~ input) }}

    where row_status in ('accepted', 'rejected')

    union all

    {% endfor -%}
    select
        cast(null as {{ dbt.type_string() }}) as input,
        cast(null as {{ dbt.type_string() }}) as row_status,
        cast(null as {{ dbt.type_string() }}) as reject_reason,
        cast(null as numeric(28, 6)) as amount

    where 1 = 0

),

final as (

    select
        input,
        row_status,
        {{ reason_kind('reject_reason') }} as reason,
        count(*) as number_of_rows,
        sum(case when amount is null then 1 else 0 end) as rows_without_amount,
        cast(coalesce(sum(abs(amount)), 0) as numeric(38, 6)) as amount,
        cast(coalesce(sum(amount), 0) as numeric(38, 6)) as net_amount

    from amounts_of_rows

    group by 1, 2, 3

)

select * from final
