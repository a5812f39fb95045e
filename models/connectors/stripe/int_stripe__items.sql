{{ config(enabled=feeds('stripe', 'subscriptions')) }}
{%- set plan_names = {
    'product': 'products.name', 'price_nickname': 'all_prices.nickname', 'price_id': 'all_prices.id',
} %}

with

items as (

    {{ raw_table('stripe', 'subscription_item', {
        'id': 'text', 'subscription_id': 'text', 'plan_id': 'text', 'price_id': 'text', 'quantity': 'number', 'created': 'time',
        '_fivetran_deleted': 'boolean', '_fivetran_synced': 'time',
    }) }}

),

prices as (

    {{ raw_table('stripe', 'price', {
        'id': 'text', 'product_id': 'text', 'nickname': 'text', 'currency': 'text', 'unit_amount': 'price',
        'unit_amount_decimal': 'price', 'recurring_interval': 'text', 'recurring_interval_count': 'number',
        'recurring_usage_type': 'text',
    }) }}

),

plans as (

    {{ raw_table('stripe', 'plan', {
        'id': 'text', 'product_id': 'text', 'nickname': 'text', 'currency': 'text', 'amount': 'price',
        'interval as billing_interval': 'text', 'interval_count': 'number', 'usage_type': 'text',
    }) }}

),

products as (

    {{ raw_table('stripe', 'product', {'id': 'text', 'name': 'text'}) }}

),

-- a plan is a price under an older name: one that has both is the same
all_prices as (

    select
        id,
        product_id,
        nickname,
        currency,
        coalesce(unit_amount_decimal, unit_amount) as minor_units,
        recurring_interval as billing_interval,
        recurring_interval_count as interval_count,
        recurring_usage_type as usage_type

    from prices

    union all

    select
        plans.id,
        plans.product_id,
        plans.nickname,
        plans.currency,
        plans.amount,
        plans.billing_interval,
        plans.interval_count,
        plans.usage_type

    from plans

    left join prices
        on plans.id = prices.id

    where prices.id is null

),

final as (

    select
        items.id as subscription_item_id,
        items.subscription_id,
        coalesce({{ plan_names[source_setting('stripe', 'plan_name')] }}, all_prices.id) as plan,
        upper(all_prices.currency) as currency_code,
        {{ from_minor_units('all_prices.minor_units', 'all_prices.currency') }} as amount,
        items.quantity,
        all_prices.billing_interval,
        coalesce(all_prices.interval_count, 1) as interval_count,
        items.created,
        case when items._fivetran_deleted then items._fivetran_synced end as removed_at

    from items

    left join all_prices
        on coalesce(items.price_id, items.plan_id) = all_prices.id

    left join products
        on all_prices.product_id = products.id

    -- usage is billed after the fact: nothing of it recurs
    where coalesce(all_prices.usage_type, 'licensed') != 'metered'

)

select * from final
