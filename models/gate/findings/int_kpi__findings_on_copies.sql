{{ config(
    enabled=has_any_input('orders', 'operating_expenses') or staging_is_on('refunds'),
) }}
{%- set compared = {
    'orders': ('order_id', ['customer_id', 'currency_code']),
    'order_lines': ('order_line_id', ['order_id', 'quantity', 'unit_price', 'discount_amount', 'unit_cost']),
    'refunds': ('refund_id', ['refund_of', 'order_id', 'subscription_id', 'customer_id', 'amount', 'currency_code']),
    'operating_expenses': ('expense_id', ['category', 'amount', 'currency_code']),
} %}

with

{% for input in compared if staging_is_on(input) -%}
{% for status in ['duplicate', 'accepted'] -%}
{{ status }}_{{ input }} as (

    select * from {{ ref('stg_kpi__' ~ input) }}

    where row_status = '{{ status }}'

),

{% endfor -%}
{% endfor -%}
{% if has_input('orders', 'order_lines') -%}
doubtful_orders as (

    select
        order_id,
        exchange_rate

    from {{ ref('stg_kpi__orders') }}

    where
        row_status = 'accepted'
        and (
            order_id in (select duplicate_orders.order_id from duplicate_orders)
            or order_id in (
                select duplicate_order_lines.order_id from duplicate_order_lines
            )
        )

),

order_revenues as (

    select
        order_id,
        sum(abs(revenue)) as revenue

    from {{ ref('fct_kpi__order_lines') }}

    where order_id in (select doubtful_orders.order_id from doubtful_orders)

    group by 1

),

{% endif -%}
differing as (

    {% for input, (key, columns) in compared.items() if staging_is_on(input) -%}
    select
        '{{ input }}' as input,
        '{{ key }}' as key_name,
        dropped.{{ key }} as row_key,
        {% if input == 'order_lines' -%}
        {{ to_reporting_currency(
            'abs(' ~ product('dropped.quantity', 'dropped.unit_price') ~ ' - dropped.discount_amount)',
            'doubtful_orders.exchange_rate',
        ) }}
        {%- elif input != 'orders' -%}
        {{ to_reporting_currency('abs(dropped.amount)', 'dropped.exchange_rate') }}
        {%- elif has_input('order_lines') -%}
        case
            when row_number() over (
                partition by dropped.order_id
                order by dropped.ordered_date
            ) = 1 then order_revenues.revenue
        end
        {%- else -%}
        cast(null as numeric(28, 6))
        {%- endif %} as amount

    from duplicate_{{ input }} as dropped -- noqa: AL07

    inner join accepted_{{ input }} as counted -- noqa: AL07
        on dropped.{{ key }} = counted.{{ key }}
    {% if input == 'orders' and has_input('order_lines') %}
    left join order_revenues on dropped.order_id = order_revenues.order_id
    {% elif input == 'order_lines' %}
    left join doubtful_orders on dropped.order_id = doubtful_orders.order_id
    {% endif %}
    where
        {% for column in columns -%}
        {{ differ('dropped.' ~ column, 'counted.' ~ column) }}
        {{ 'or ' if not loop.last }}
        {%- endfor %}
        {%- if input == 'orders' %}
        or (
            dropped.ordered_date = counted.ordered_date
            and dropped.is_cancelled != counted.is_cancelled
        )
        {%- endif %}

    {{ 'union all' if not loop.last }}

    {% endfor %}
),

final as (

    select
        {{ finding(
            'copies_that_differ', say('objects', 'input', {'input': 'input'}),
            {'count': as_text('count(*)'), 'key': 'key_name', 'example': 'min(row_key)'},
            cases={
                'of_order_lines': "input = 'order_lines'",
                'of_orders': "input = 'orders'",
                'of_amounts': none,
            },
            topic='input_findings',
        ) }},
        input,
        count(*) as number_of_rows,
        sum(amount) as amount

    from differing

    group by input, key_name

)

select * from final
