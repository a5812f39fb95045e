{{ config(enabled=feeds('stripe', 'subscriptions'), materialized='table') }}
{#- a table, as the checks of an input read it five times, and lines of invoices are many -#}
{#- one row per item and stretch of time without a change: two items of a subscription run side by side -#}

with

states as (

    select * from {{ ref('int_stripe__states') }}

),

priced_items as (

    select * from {{ ref('int_stripe__items') }}

),

discounts as (

    select * from {{ ref('int_stripe__discounts') }}

),

-- an item that was there from the first day began with its subscription, whose start may be dated back
items as (

    select
        priced_items.subscription_item_id,
        priced_items.subscription_id,
        priced_items.plan,
        priced_items.currency_code,
        priced_items.amount,
        priced_items.quantity,
        priced_items.billing_interval,
        priced_items.interval_count,
        priced_items.removed_at,
        case
            when priced_items.version_number > 1 then priced_items.starts_at
            when cast(priced_items.created as date) > cast(states.created as date) then priced_items.created
            else states.starts_at
        end as starts_at

    from priced_items

    inner join states
        on priced_items.subscription_id = states.subscription_id
        and states.state_number = 1

),

-- of a subscription that was paused when it was first loaded: what was paid for was no pause
paid_before_pause as (

    select
        priced_items.subscription_id,
        max(priced_items.paid_until) as paid_until

    from priced_items

    inner join states
        on priced_items.subscription_id = states.subscription_id
        and states.state_number = 1
        and states.pause_collection_behavior is not null

    group by priced_items.subscription_id

),

{{ stretches([
    ('states', 'starts_at'), ('states', 'ends_at'), ('states', 'trial_end'), ('items', 'starts_at'), ('items', 'removed_at'),
    ('discounts', 'starts_at'), ('discounts', 'ends_at'), ('paid_before_pause', 'paid_until'),
]) }},

paid_stretches as (

    select
        states.subscription_id,
        states.customer_id,
        states.churn_reason,
        stretches.starts_at,
        case
            when stretches.ends_at < states.subscription_ended_at or states.subscription_ended_at is null
                then stretches.ends_at
            else states.subscription_ended_at
        end as ends_at,
        case
            when stretches.starts_at >= states.trial_start and stretches.starts_at < states.trial_end then 'trialing'
            when
                states.pause_collection_behavior is not null
                and (
                    states.state_number > 1
                    or paid_before_pause.paid_until is null
                    or stretches.starts_at >= paid_before_pause.paid_until
                )
                then 'paused'
            when states.status = 'canceled' then 'cancelled'
            else states.status
        end as status

    from stretches

    inner join states
        on stretches.subscription_id = states.subscription_id
        and stretches.starts_at >= states.starts_at
        and coalesce(stretches.starts_at < states.ends_at, true)

    left join paid_before_pause
        on stretches.subscription_id = paid_before_pause.subscription_id

    where
        states.status not in ('incomplete', 'incomplete_expired')
        -- all that a subscription was that had ended before it was first loaded
        and (states.status != 'canceled' or states.state_number = 1)
        and coalesce(stretches.starts_at < states.subscription_ended_at, true)

),

discounts_in_stretches as (

    select
        paid_stretches.subscription_id,
        paid_stretches.starts_at,
        discounts.currency_code,
        discounts.amount_off,
        discounts.share_off,
        -- a coupon of the subscription's own counts, and the customer's where it has none
        dense_rank() over (
            partition by paid_stretches.subscription_id, paid_stretches.starts_at
            order by case when discounts.is_of_customer then 2 else 1 end
        ) as preference

    from paid_stretches

    inner join discounts
        on paid_stretches.subscription_id = discounts.subscription_id
        and paid_stretches.starts_at >= discounts.starts_at
        and coalesce(paid_stretches.starts_at < discounts.ends_at, true)

),

discounts_of_stretches as (

    select
        subscription_id,
        starts_at,
        max(currency_code) as currency_code,
        sum(amount_off) as amount_off,
        {{ share_left('share_off') }} as share_left

    from discounts_in_stretches

    where preference = 1

    group by subscription_id, starts_at

),

items_in_stretches as (

    select
        items.subscription_item_id,
        items.plan,
        items.amount,
        items.quantity,
        items.billing_interval,
        items.interval_count,
        items.currency_code,
        paid_stretches.customer_id,
        paid_stretches.status,
        paid_stretches.churn_reason,
        paid_stretches.starts_at,
        paid_stretches.ends_at,
        discounts_of_stretches.share_left,
        case
            when discounts_of_stretches.currency_code = items.currency_code
                then cast(discounts_of_stretches.amount_off as {{ type_double() }})
            else 0
        end as amount_off,
        sum(items.amount * coalesce(items.quantity, 1)) over (
            partition by items.subscription_id, paid_stretches.starts_at
        ) as invoice_amount

    from paid_stretches

    inner join items
        on paid_stretches.subscription_id = items.subscription_id
        and paid_stretches.starts_at >= items.starts_at
        and coalesce(paid_stretches.starts_at < items.removed_at, true)

    left join discounts_of_stretches
        on paid_stretches.subscription_id = discounts_of_stretches.subscription_id
        and paid_stretches.starts_at = discounts_of_stretches.starts_at

),

final as (

    select
        subscription_item_id as subscription_id,
        customer_id,
        plan,
        status,
        starts_at as started_at,
        ends_at as ended_at,
        {{ discounted_amount() }} as amount,
        billing_interval,
        interval_count,
        quantity,
        currency_code,
        churn_reason

    from items_in_stretches

)

select * from final
