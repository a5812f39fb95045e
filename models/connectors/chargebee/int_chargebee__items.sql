{{ config(enabled=feeds('chargebee', 'subscriptions')) }}
{#- amounts are in minor units, but for those in decimal: these are whole units, to more places -#}
{%- set versions = {'_fivetran_start': 'time', '_fivetran_end': 'time'} %}
{%- set measures = dict({
    'quantity': 'number', 'free_quantity': 'number', 'unit_price': 'number', 'amount': 'number', 'quantity_in_decimal': 'price',
    'unit_price_in_decimal': 'price', 'amount_in_decimal': 'price',
}, **versions) %}

with

items_of_2 as (

    {{ raw_table('chargebee', 'subscription_item', dict(
        {'subscription_id': 'text', 'item_price_id': 'text', 'item_type': 'text', 'metered_quantity': 'text'}, **measures
    ), is_deleted_left_out=true) }}

),

addons_of_1 as (

    {{ raw_table('chargebee', 'subscription_addon', dict(
        {'subscription_id': 'text', 'id': 'text'}, **measures
    ), is_deleted_left_out=true) }}

),

plans_of_1 as (

    {{ raw_table('chargebee', 'subscription', dict(
        {
            'id': 'text', 'plan_id': 'text', 'plan_quantity': 'number', 'plan_free_quantity': 'number', 'plan_unit_price': 'number', 'plan_amount': 'number',
            'plan_quantity_in_decimal': 'price', 'plan_unit_price_in_decimal': 'price', 'plan_amount_in_decimal': 'price',
        }, **versions
    )) }}

),

item_prices as (

    {{ raw_table('chargebee', 'item_price', {
        'id': 'text', 'name': 'text', 'item_id': 'text', 'item_type': 'text', 'period': 'number', 'period_unit': 'text',
    }, is_state=true) }}

),

sold_items as (

    {{ raw_table('chargebee', 'item', {'id': 'text', 'name': 'text', 'metered': 'boolean'}, is_state=true) }}

),

plans as (

    {{ raw_table('chargebee', 'plan', {
        'id': 'text', 'name': 'text', 'period': 'number', 'period_unit': 'text',
    }, is_state=true) }}

),

addons as (

    {{ raw_table('chargebee', 'addon', {'id': 'text', 'name': 'text', 'charge_type': 'text'}, is_state=true) }}

),

-- usage that is measured is billed after the fact
items as (

    select
        items_of_2.subscription_id,
        items_of_2.item_price_id as item_id,
        lower(coalesce(items_of_2.item_type, item_prices.item_type)) as item_type,
        coalesce(sold_items.name, item_prices.name, items_of_2.item_price_id) as plan,
        item_prices.period,
        item_prices.period_unit,
        {% for column in measures -%}
        items_of_2.{{ column }}{{ ',' if not loop.last }}
        {% endfor %}

    from items_of_2

    left join item_prices
        on items_of_2.item_price_id = item_prices.id

    left join sold_items
        on item_prices.item_id = sold_items.id

    where
        items_of_2.metered_quantity is null
        and not coalesce(sold_items.metered, false)

),

subscriptions_with_items as (

    select distinct subscription_id

    from items

),

plans_without_items as (

    select
        plans_of_1.id as subscription_id,
        plans_of_1.plan_id as item_id,
        'plan' as item_type,
        coalesce(plans.name, plans_of_1.plan_id) as plan,
        plans.period,
        plans.period_unit,
        plans_of_1.plan_quantity as quantity,
        plans_of_1.plan_free_quantity as free_quantity,
        plans_of_1.plan_unit_price as unit_price,
        plans_of_1.plan_amount as amount,
        plans_of_1.plan_quantity_in_decimal as quantity_in_decimal,
        plans_of_1.plan_unit_price_in_decimal as unit_price_in_decimal,
        plans_of_1.plan_amount_in_decimal as amount_in_decimal,
        plans_of_1._fivetran_start,
        plans_of_1._fivetran_end

    from plans_of_1

    left join plans
        on plans_of_1.plan_id = plans.id

    left join subscriptions_with_items
        on plans_of_1.id = subscriptions_with_items.subscription_id

    where
        plans_of_1.plan_id is not null
        and subscriptions_with_items.subscription_id is null

),

addons_of_plans as (

    select
        addons_of_1.subscription_id,
        addons_of_1.id as item_id,
        'addon' as item_type,
        coalesce(addons.name, addons_of_1.id) as plan,
        cast(null as numeric(28, 6)) as period,
        cast(null as {{ dbt.type_string() }}) as period_unit,
        {% for column in measures -%}
        addons_of_1.{{ column }}{{ ',' if not loop.last }}
        {% endfor %}

    from addons_of_1

    left join addons
        on addons_of_1.id = addons.id

    where coalesce(addons.charge_type, 'recurring') = 'recurring'

),

all_items as (

    select * from items

    union all

    select * from plans_without_items

    union all

    select * from addons_of_plans

),

numbered as (

    select
        *,
        min(_fivetran_start) over (partition by subscription_id) as first_loaded_at

    from all_items

    where item_type in ('plan', 'addon')

),

final as (

    select
        subscription_id,
        item_id,
        item_type,
        plan,
        period,
        lower(period_unit) as period_unit,
        coalesce(quantity_in_decimal, quantity, 1) as quantity,
        amount,
        amount_in_decimal,
        unit_price,
        unit_price_in_decimal,
        coalesce(free_quantity, 0) as free_quantity,
        -- what was there when history began has been there since the subscription began
        case when _fivetran_start > first_loaded_at then _fivetran_start end as starts_at,
        case
            when _fivetran_end < cast('9000-01-01' as {{ dbt.type_timestamp() }}) then _fivetran_end
        end as ends_at

    from numbered

)

select * from final
