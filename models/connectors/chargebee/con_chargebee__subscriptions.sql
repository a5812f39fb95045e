{{ config(enabled=feeds('chargebee', 'subscriptions')) }}
{#- one row per plan or addon of a subscription and stretch of time without a change -#}

with

states as (

    select * from {{ ref('int_chargebee__states') }}

),

items as (

    select * from {{ ref('int_chargebee__items') }}

),

discounts as (

    select * from {{ ref('int_chargebee__discounts') }}

),

{{ stretches([
    ('states', 'starts_at'), ('states', 'ends_at'), ('states', 'trial_end'), ('states', 'paused_at'), ('states', 'resumed_at'),
    ('items', 'starts_at'), ('items', 'ends_at'), ('discounts', 'starts_at'), ('discounts', 'ends_at'),
]) }},

-- a stretch lies in one state, as the ends of states are moments
paid_stretches as (

    select
        states.subscription_id,
        states.customer_id,
        states.currency_code,
        states.billing_period,
        states.billing_period_unit,
        states.churn_reason,
        stretches.starts_at,
        stretches.ends_at,
        case
            when
                stretches.starts_at >= coalesce(states.trial_start, states.starts_at)
                and coalesce(stretches.starts_at < states.trial_end, states.status = 'in_trial')
                then 'trialing'
            when
                stretches.starts_at >= states.paused_at
                and coalesce(stretches.starts_at < states.resumed_at, true)
                then 'paused'
            else 'active'
        end as status

    from stretches

    inner join states
        on stretches.subscription_id = states.subscription_id
        and stretches.starts_at >= states.starts_at
        and coalesce(stretches.starts_at < states.ends_at, true)

),

discounts_of_stretches as (

    select
        paid_stretches.subscription_id,
        paid_stretches.starts_at,
        sum(case when discounts.currency_code = paid_stretches.currency_code then discounts.amount_off else 0 end)
            as amount_off,
        {{ share_left('discounts.share_off') }} as share_left

    from paid_stretches

    inner join discounts
        on paid_stretches.subscription_id = discounts.subscription_id
        and coalesce(paid_stretches.starts_at >= discounts.starts_at, true)
        and coalesce(paid_stretches.starts_at < discounts.ends_at, true)

    group by paid_stretches.subscription_id, paid_stretches.starts_at

),

priced as (

    select
        items.item_id,
        items.item_type,
        items.plan,
        paid_stretches.subscription_id,
        paid_stretches.customer_id,
        paid_stretches.status,
        paid_stretches.starts_at,
        paid_stretches.ends_at,
        paid_stretches.currency_code,
        paid_stretches.churn_reason,
        coalesce(paid_stretches.billing_period_unit, items.period_unit) as billing_interval,
        coalesce(paid_stretches.billing_period, items.period, 1) as interval_count,
        -- all units together: prices by tiers have no other amount
        coalesce(
            items.amount_in_decimal,
            {{ from_minor_units('items.amount', 'paid_stretches.currency_code') }},
            coalesce(
                items.unit_price_in_decimal,
                {{ from_minor_units('items.unit_price', 'paid_stretches.currency_code') }}
            )
            * case when items.quantity > items.free_quantity then items.quantity - items.free_quantity else 0 end
        ) as amount

    from paid_stretches

    inner join items
        on paid_stretches.subscription_id = items.subscription_id
        and coalesce(paid_stretches.starts_at >= items.starts_at, true)
        and coalesce(paid_stretches.starts_at < items.ends_at, true)

),

discounted as (

    select
        priced.*,
        discounts_of_stretches.share_left,
        cast(coalesce(discounts_of_stretches.amount_off, 0) as {{ type_double() }}) as amount_off,
        sum(priced.amount) over (partition by priced.subscription_id, priced.starts_at) as invoice_amount

    from priced

    left join discounts_of_stretches
        on priced.subscription_id = discounts_of_stretches.subscription_id
        and priced.starts_at = discounts_of_stretches.starts_at

),

final as (

    select
        -- a subscription has one plan, which may change, and addons beside it
        case when item_type = 'plan' then subscription_id else subscription_id || ':' || item_id end as subscription_id,
        customer_id,
        plan,
        status,
        starts_at as started_at,
        ends_at as ended_at,
        {{ discounted_amount() }} as amount,
        billing_interval,
        interval_count,
        cast(1 as integer) as quantity,
        currency_code,
        churn_reason

    from discounted

)

select * from final
