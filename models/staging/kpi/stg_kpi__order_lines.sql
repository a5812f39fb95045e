{%- set kept = keep_days('ordered_date', key='order_line_id') -%}
{{ config(enabled=staging_is_on('order_lines'), **kept.config) }}
{%- set no_credits = policy('negative_amounts') == 'reject' -%}
{%- set amount, price = number('amount'), product(number('quantity'), number('unit_price', 12)) %}

with

source as {{ kept.streamed }} (

    {{ read_input('order_lines') }}

),

orders as (

    -- an order that is dated twice, once after the as-of date, has the first
    select
        order_id,
        min(ordered_date) as ordered_date,
        max(exchange_rate) as exchange_rate

    from {{ ref('stg_kpi__orders') }}

    where row_status in ('accepted', 'after_as_of')

    group by 1

),

typed as {{ kept.streamed }} (

    select
        order_line_id,
        order_id,
        {{ columns_from(attributes_of('order_lines')) }}
        {{ number('quantity') }} as quantity,
        {{ number('unit_price', 12) }} as unit_price,
        -- where the line says what it came to, the discount is what leads there
        cast(case
            when {{ amount }} is not null
                then {{ to_millionths(price) }} - {{ amount }}
            else {{ number('discount_amount') }}
        end as numeric(28, 6)) as discount_amount,
        {{ amount }} as amount,
        {{ number('unit_cost', 12) }} as unit_cost,
        {{ is_unreadable('discount_amount', number('discount_amount')) }}
            as is_discount_unreadable,
        quantity as raw_quantity,
        unit_price as raw_unit_price,
        discount_amount as raw_discount_amount,
        amount as raw_amount,
        unit_cost as raw_unit_cost,
        source_name,
        source_rank,
        raw_row

    from source

),

checked as {{ kept.streamed }} (

    select
        typed.*,
        orders.ordered_date,
        case
            when typed.order_line_id is null then {{ because('no_key', words={'column': 'order_line_id'}) }}
            {{ when_not_a_number('quantity', 'typed.quantity', 'typed.raw_quantity') }}
            {{ when_not_a_number('unit_price', 'typed.unit_price', 'typed.raw_unit_price') }}
            {{ when_not_a_number(
                'discount_amount', 'typed.discount_amount', 'typed.raw_discount_amount', is_required=false,
            ) }}
            {{ when_not_a_number('amount', 'typed.amount', 'typed.raw_amount', is_required=false) }}
            {{ when_not_a_number('unit_cost', 'typed.unit_cost', 'typed.raw_unit_cost', is_required=false) }}
            {{ when_too_large('quantity', 'unit_price') }}
            {{ when_too_large('quantity', 'unit_cost') }}
            when {{ no_credits }} and typed.quantity < 0
                then {{ because('negative', 'typed.raw_quantity', {'column': 'quantity'}) }}
            when {{ no_credits }} and typed.unit_price < 0
                then {{ because('negative', 'typed.raw_unit_price', {'column': 'unit_price'}) }}
            {{ when_negative_amount('typed') }}
            when
                {{ no_credits }}
                and {{ product('typed.quantity', 'typed.unit_price') }}
                < coalesce(typed.discount_amount, 0)
                and coalesce(typed.discount_amount, 0) > 0
                then {{ because('discount_above_price', 'typed.raw_discount_amount') }}
            -- two negatives would make a positive amount: they are no credit under any policy
            when not {{ no_credits }} and typed.quantity < 0 and typed.unit_price < 0
                then {{ because('both_negative', 'typed.raw_unit_price') }}
            -- a credit may give its cost back, nothing else has a cost below 0
            when
                typed.unit_cost < 0
                and not (typed.unit_price < 0 and typed.quantity >= 0)
                then {{ because('negative', 'typed.raw_unit_cost', {'column': 'unit_cost'}) }}
            {{ when_from_another_source('order_lines', 'typed', 'order_line_id') }}
            when orders.order_id is null
                then {{ because('unknown_order', 'typed.order_id') }}
            {{ when_worth_too_much(
                'unit_price',
                'cast(typed.quantity as ' ~ type_double() ~ ') * typed.unit_price - coalesce(typed.discount_amount, 0)',
                'orders.exchange_rate', 'typed.raw_unit_price',
            ) }}
            {{ when_worth_too_much(
                'unit_cost',
                'cast(typed.quantity as ' ~ type_double() ~ ') * typed.unit_cost',
                'orders.exchange_rate', 'typed.raw_unit_cost',
            ) }}
        end as reject_reason

    from typed

    left join orders on typed.order_id = orders.order_id

),

with_status as (

    {{ with_row_status(
        ['order_line_id'], day='ordered_date', latest_by='ordered_date',
        ties=[
            product('quantity', 'unit_price') ~ ' - coalesce(discount_amount, 0) desc',
            'quantity', 'coalesce(unit_cost, 0)', 'order_id', 'product_category',
        ],
        is_large=true,
    ) }}

),

final as (

    select
        order_line_id,
        order_id,
        {{ columns_from(attributes_of('order_lines')) }}
        quantity,
        unit_price,
        case when not is_discount_unreadable then coalesce(discount_amount, 0) end
            as discount_amount,
        unit_cost,
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row,
        {{ kept.built_with }} as built_with,
        ordered_date

    from with_status

    where {{ kept.is_read }}

)

select *{{ kept.and_month }} from final
