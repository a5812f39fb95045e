{{ config(enabled=feeds('stripe', 'subscriptions')) }}
{%- set in_order = 'partition by subscription_item_id order by period_start, is_proration, line_id' -%}
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

lines as (

    {{ raw_table('stripe', 'invoice_line_item', {
        'id': 'text', 'invoice_id': 'text', 'subscription_id': 'text', 'subscription_item_id': 'text', 'plan_id': 'text',
        'price_id': 'text', 'quantity': 'number', 'unit_amount_excluding_tax': 'price', 'amount': 'price', 'proration': 'boolean',
        'period_start': 'time', 'period_end': 'time', 'livemode': 'boolean',
    }) }}

),

invoices as (

    {{ raw_table('stripe', 'invoice', {'id': 'text', 'status': 'text'}) }}

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

live_items as (

    select
        items.id as subscription_item_id,
        items.subscription_id,
        coalesce(items.price_id, items.plan_id) as price_id,
        items.quantity,
        items.created,
        case when items._fivetran_deleted then items._fivetran_synced end as removed_at

    from items

),

-- what was billed of an item: an item itself is known as it is now alone
billed_lines as (

    select
        lines.id as line_id,
        lines.subscription_item_id,
        lines.subscription_id,
        coalesce(lines.price_id, lines.plan_id) as price_id,
        lines.quantity,
        lines.period_start,
        lines.period_end,
        case when lines.proration then 1 else 0 end as is_proration,
        lines.amount,
        case when coalesce(invoices.status, 'paid') != 'uncollectible' then lines.period_end end as paid_until,
        all_prices.minor_units as price_minor_units,
        -- a price by tiers has no amount of a unit, its bill has
        coalesce(
            lines.unit_amount_excluding_tax,
            all_prices.minor_units,
            cast({{ ratio('lines.amount', 'lines.quantity') }} as numeric(28, 12))
        ) as billed_minor_units

    from lines

    left join invoices on lines.invoice_id = invoices.id

    left join all_prices on coalesce(lines.price_id, lines.plan_id) = all_prices.id

    where
        lines.subscription_item_id is not null
        and coalesce(lines.livemode, true)
        and coalesce(invoices.status, 'paid') not in ('draft', 'void', 'deleted')

),

-- whole periods, and what was left of one after a change within it
billed_periods as (

    select
        line_id,
        subscription_item_id,
        subscription_id,
        price_id,
        quantity,
        period_start,
        period_end,
        is_proration,
        max(paid_until) over (partition by subscription_item_id) as paid_until,
        case
            when is_proration = 0 then billed_minor_units
            -- the bill of a rest says what it came to, and the next one what a period comes to
            when
                lead(is_proration) over ({{ in_order }}) = 0
                and lead(price_id) over ({{ in_order }}) = price_id
                and coalesce(lead(quantity) over ({{ in_order }}), 1) = coalesce(quantity, 1)
                then lead(billed_minor_units) over ({{ in_order }})
            else price_minor_units
        end as minor_units,
        lead(line_id) over ({{ in_order }}) is null as is_last

    from billed_lines

    where
        period_end > period_start
        and (is_proration = 0 or amount >= 0)

),

beside_the_last as (

    select
        *,
        lag(price_id) over ({{ in_order }}) as previous_price_id,
        lag(quantity) over ({{ in_order }}) as previous_quantity,
        lag(minor_units) over ({{ in_order }}) as previous_minor_units,
        lag(line_id) over ({{ in_order }}) as previous_line_id

    from billed_periods

),

last_periods as (

    select * from billed_periods

    where is_last

),

-- an item that is gone went when the rest of its last period was given back
given_back as (

    select
        billed_lines.subscription_item_id,
        max(billed_lines.period_start) as given_back_at

    from billed_lines

    inner join last_periods
        on billed_lines.subscription_item_id = last_periods.subscription_item_id
        and billed_lines.period_start > last_periods.period_start

    where
        billed_lines.is_proration = 1
        and billed_lines.amount < 0

    group by 1

),

-- periods that were billed alike are one version, whether or not each has an invoice
all_versions as (

    select
        beside_the_last.subscription_item_id,
        beside_the_last.subscription_id,
        beside_the_last.price_id,
        beside_the_last.quantity,
        beside_the_last.minor_units,
        beside_the_last.period_start as starts_at,
        last_periods.paid_until,
        live_items.created,
        case
            when live_items.subscription_item_id is null
                then coalesce(given_back.given_back_at, last_periods.period_end)
            else live_items.removed_at
        end as removed_at

    from beside_the_last

    inner join last_periods on beside_the_last.subscription_item_id = last_periods.subscription_item_id

    left join given_back on beside_the_last.subscription_item_id = given_back.subscription_item_id

    left join live_items on beside_the_last.subscription_item_id = live_items.subscription_item_id

    where
        beside_the_last.previous_line_id is null
        or beside_the_last.price_id != beside_the_last.previous_price_id
        or coalesce(beside_the_last.quantity, 1) != coalesce(beside_the_last.previous_quantity, 1)
        or beside_the_last.minor_units != beside_the_last.previous_minor_units

    union all

    -- the item of now, where no period was billed like it
    select
        live_items.subscription_item_id,
        live_items.subscription_id,
        live_items.price_id,
        live_items.quantity,
        all_prices.minor_units,
        last_periods.period_end as starts_at,
        last_periods.paid_until,
        live_items.created,
        live_items.removed_at

    from live_items

    left join last_periods on live_items.subscription_item_id = last_periods.subscription_item_id

    left join all_prices on live_items.price_id = all_prices.id

    where
        last_periods.subscription_item_id is null
        or live_items.price_id != last_periods.price_id
        or coalesce(live_items.quantity, 1) != coalesce(last_periods.quantity, 1)

),

versions as (

    select
        *,
        row_number() over (
            partition by subscription_item_id
            order by starts_at
        ) as version_number

    from all_versions

),

final as (

    select
        versions.subscription_item_id,
        versions.subscription_id,
        versions.version_number,
        coalesce({{ plan_names[source_setting('stripe', 'plan_name')] }}, all_prices.id) as plan,
        upper(all_prices.currency) as currency_code,
        {{ from_minor_units('versions.minor_units', 'all_prices.currency') }} as amount,
        versions.quantity,
        all_prices.billing_interval,
        coalesce(all_prices.interval_count, 1) as interval_count,
        coalesce(versions.created, versions.starts_at) as created,
        versions.starts_at,
        versions.paid_until,
        coalesce(
            lead(versions.starts_at) over (
                partition by versions.subscription_item_id
                order by versions.version_number
            ),
            versions.removed_at
        ) as removed_at

    from versions

    left join all_prices
        on versions.price_id = all_prices.id

    left join products
        on all_prices.product_id = products.id

    -- usage is billed after the fact: nothing of it recurs
    where coalesce(all_prices.usage_type, 'licensed') != 'metered'

)

select * from final
