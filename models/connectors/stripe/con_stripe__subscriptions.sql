{{ config(enabled=feeds('stripe', 'subscriptions')) }}
{#- One row per item and stretch of time without a change: of an item, as two items of a subscription run side by side. -#}
{%- set columns = {
    'id': 'text', 'customer_id': 'text', 'status': 'text', 'created': 'time', 'start_date': 'time', 'ended_at': 'time',
    'trial_start': 'time', 'trial_end': 'time', 'pause_collection_behavior': 'text', 'cancellation_details_reason': 'text',
    'cancellation_details_feedback': 'text', 'livemode': 'boolean', '_fivetran_start': 'time', '_fivetran_end': 'time',
} -%}
{%- set amount_off = 0 if source_setting('stripe', 'discounts') == 'gross' else from_minor_units('coupons.amount_off', 'coupons.currency') %}
{%- set percent_off = 0 if source_setting('stripe', 'discounts') == 'gross' else 'coupons.percent_off' %}

with

history as (

    {{ raw_table('stripe', 'subscription_history', columns) }}

),

without_history as (

    {{ raw_table('stripe', 'subscription', columns) }}

),

discounts as (

    {{ raw_table('stripe', 'subscription_discount', {
        'subscription_id': 'text', 'coupon_id': 'text', 'start as starts_at': 'time', 'end as ends_at': 'time',
    }) }}

),

coupons as (

    {{ raw_table('stripe', 'coupon', {
        'id': 'text', 'percent_off': 'number', 'amount_off': 'number', 'currency': 'text', 'duration': 'text',
    }) }}

),

priced_items as (

    select * from {{ ref('int_stripe__items') }}

),

-- an account has one of the two tables
all_states as (

    select * from history

    union all

    select without_history.*

    from without_history

    left join history
        on without_history.id = history.id

    where history.id is null

),

numbered_states as (

    select
        *,
        row_number() over (partition by id order by _fivetran_start) as state_number,
        lead(_fivetran_start) over (partition by id order by _fivetran_start) as next_state_at,
        max(ended_at) over (partition by id) as last_ended_at,
        max(coalesce(cancellation_details_feedback, cancellation_details_reason)) over (partition by id) as churn_reason

    from all_states

    where coalesce(livemode, true)

),

-- the first state that was loaded has held since the subscription began
states as (

    select
        id,
        customer_id,
        status,
        state_number,
        created,
        trial_start,
        trial_end,
        pause_collection_behavior,
        churn_reason,
        last_ended_at,
        case when state_number = 1 then coalesce(start_date, created, _fivetran_start) else _fivetran_start end
            as starts_at,
        coalesce(next_state_at, case when _fivetran_end < cast('9000-01-01' as {{ dbt.type_timestamp() }}) then _fivetran_end end)
            as ends_at

    from numbered_states

),

-- an item that was there from the first day began with its subscription, whose start may be dated back
items as (

    select
        priced_items.*,
        case
            when cast(priced_items.created as date) > cast(states.created as date) then priced_items.created
            else states.starts_at
        end as starts_at

    from priced_items

    inner join states
        on priced_items.subscription_id = states.id
        and states.state_number = 1

),

-- a coupon for one invoice changes nothing that recurs
recurring_discounts as (

    select
        discounts.subscription_id,
        discounts.starts_at,
        discounts.ends_at,
        upper(coupons.currency) as currency_code,
        cast(coalesce({{ percent_off }}, 0) as {{ type_double() }}) / 100 as share_off,
        coalesce({{ amount_off }}, 0) as amount_off

    from discounts

    inner join coupons
        on discounts.coupon_id = coupons.id

    where coalesce(coupons.duration, 'forever') != 'once'

),

-- whatever changes cuts all items of a subscription
moments as (

    select id, starts_at as moment from states
    union distinct
    select id, ends_at from states
    union distinct
    select id, trial_end from states
    union distinct
    select subscription_id, starts_at from items
    union distinct
    select subscription_id, removed_at from items
    union distinct
    select subscription_id, starts_at from recurring_discounts
    union distinct
    select subscription_id, ends_at from recurring_discounts

),

stretches as (

    select
        id,
        moment as starts_at,
        lead(moment) over (partition by id order by moment) as ends_at

    from moments

    where moment is not null

),

pieces as (

    select
        states.id,
        states.customer_id,
        states.churn_reason,
        stretches.starts_at,
        case
            when states.last_ended_at is null or stretches.ends_at < states.last_ended_at then stretches.ends_at
            else states.last_ended_at
        end as ends_at,
        case
            when stretches.starts_at >= states.trial_start and stretches.starts_at < states.trial_end then 'trialing'
            when states.pause_collection_behavior is not null then 'paused'
            when states.status = 'canceled' then 'cancelled'
            else states.status
        end as status

    from stretches

    inner join states
        on stretches.id = states.id
        and stretches.starts_at >= states.starts_at
        and coalesce(stretches.starts_at < states.ends_at, true)

    where
        states.status not in ('incomplete', 'incomplete_expired')
        and (states.status != 'canceled' or states.state_number = 1)
        and coalesce(stretches.starts_at < states.last_ended_at, true)

),

discounts_of_pieces as (

    select
        pieces.id,
        pieces.starts_at,
        max(recurring_discounts.currency_code) as currency_code,
        sum(recurring_discounts.amount_off) as amount_off,
        -- one after the other
        case
            when max(recurring_discounts.share_off) >= 1 then 0
            else exp(sum(ln(nullif(1 - recurring_discounts.share_off, 0))))
        end as share_left

    from pieces

    inner join recurring_discounts
        on pieces.id = recurring_discounts.subscription_id
        and pieces.starts_at >= recurring_discounts.starts_at
        and coalesce(pieces.starts_at < recurring_discounts.ends_at, true)

    group by 1, 2

),

items_in_pieces as (

    select
        items.*,
        pieces.customer_id,
        pieces.status,
        pieces.churn_reason,
        pieces.starts_at as piece_starts_at,
        pieces.ends_at as piece_ends_at,
        discounts_of_pieces.share_left,
        case when discounts_of_pieces.currency_code = items.currency_code then discounts_of_pieces.amount_off else 0 end
            as amount_off,
        sum(items.amount * coalesce(items.quantity, 1)) over (partition by pieces.id, pieces.starts_at) as invoice_amount

    from pieces

    inner join items
        on pieces.id = items.subscription_id
        and pieces.starts_at >= items.starts_at
        and coalesce(pieces.starts_at < items.removed_at, true)

    left join discounts_of_pieces
        on pieces.id = discounts_of_pieces.id
        and pieces.starts_at = discounts_of_pieces.starts_at

),

final as (

    select
        subscription_item_id as subscription_id,
        customer_id,
        plan,
        status,
        piece_starts_at as started_at,
        piece_ends_at as ended_at,
        case
            when share_left is null then amount
            -- an amount off an invoice is spread over its items by what they cost
            when share_left > cast(amount_off as {{ type_double() }}) / nullif(invoice_amount, 0)
                then cast(amount * (share_left - cast(amount_off as {{ type_double() }}) / invoice_amount) as numeric(28, 12))
            else 0
        end as amount,
        billing_interval,
        interval_count,
        quantity,
        currency_code,
        churn_reason

    from items_in_pieces

)

select * from final
