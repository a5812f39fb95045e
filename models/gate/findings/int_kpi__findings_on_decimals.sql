{{ config(enabled=any_staging_is_on()) }}
{%- set without_decimals = literals(currencies_without_decimals()) -%}
{%- set inputs = ['subscriptions', 'refunds', 'marketing_spend', 'operating_expenses'] %}

with

{% if has_input('orders', 'order_lines') -%}
orders as (

    select * from {{ ref('stg_kpi__orders') }}

    where
        row_status = 'accepted'
        and currency_code in ({{ without_decimals }})

),

order_lines as (

    select * from {{ ref('stg_kpi__order_lines') }}

    where row_status = 'accepted'

),

{% endif -%}
amounts as (

    {% for input in inputs if staging_is_on(input) -%}
    select
        '{{ input }}' as input,
        currency_code,
        amount,
        exchange_rate

    from {{ ref('stg_kpi__' ~ input) }}

    where
        row_status = 'accepted'
        and currency_code in ({{ without_decimals }})

    union all

    {% endfor -%}
    {% if has_input('orders', 'order_lines') -%}
    select
        'order_lines' as input,
        orders.currency_code,
        order_lines.unit_price as amount,
        orders.exchange_rate

    from orders

    inner join order_lines on orders.order_id = order_lines.order_id

    union all

    {% endif -%}
    select
        'none' as input,
        'none' as currency_code,
        cast(0 as numeric(28, 6)) as amount,
        cast(1 as numeric(28, 6)) as exchange_rate

    where 1 = 0

),

fractions as (

    select
        input,
        currency_code,
        count(*) as number_of_rows,
        sum({{ to_reporting_currency('abs(amount)', 'exchange_rate') }})
            as amount

    from amounts

    where amount != floor(amount)

    group by 1, 2

),

final as (

    select
        {{ finding(
            'decimals_of_currency.fractions',
            say('objects', 'input.currency', {'input': 'input', 'currency': 'currency_code'}),
            {'currency': 'currency_code'}, topic='input_findings',
        ) }},
        input,
        number_of_rows,
        amount

    from fractions

)

select * from final
