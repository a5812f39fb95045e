{{ config(enabled=feeds('recurly', 'subscriptions')) }}

with

history as (

    {{ raw_table('recurly', 'subscription_history', {
        'id': 'text', 'account_id': 'text', 'plan_id': 'text', 'state': 'text', 'created_at': 'time', 'updated_at': 'time',
        'activated_at': 'time', 'expires_at': 'time', 'trial_started_at': 'time', 'trial_ends_at': 'time', 'paused_at': 'time',
        'currency': 'text', 'unit_amount': 'price', 'quantity': 'number', 'add_ons_total': 'price', 'expiration_reason': 'text',
    }) }}

),

plans as (

    {{ newest_row('recurly', 'plan_history', {
        'id': 'text', 'code': 'text', 'name': 'text', 'interval_unit': 'text', 'interval_length': 'number',
    }, 'updated_at') }}

),

-- what has not begun, or never did, has no version
states as (

    select
        *,
        row_number() over (partition by id order by updated_at) as state_number,
        lead(updated_at) over (partition by id order by updated_at) as next_state_at,
        lead(state) over (partition by id order by updated_at) as next_state,
        max(expiration_reason) over (partition by id) as churn_reason,
        max(case when state = 'expired' then expires_at end) over (partition by id) as expired_at

    from history

    where state not in ('future', 'pending', 'failed')

),

-- the first state that was loaded has held since the subscription began
stretches as (

    select
        id,
        account_id,
        plan_id,
        state,
        currency,
        unit_amount,
        quantity,
        add_ons_total,
        trial_started_at,
        trial_ends_at,
        churn_reason,
        expired_at,
        case when state_number = 1 then coalesce(activated_at, created_at) else updated_at end as starts_at,
        -- one that is cancelled is paid for until it expires
        coalesce(case when next_state != 'expired' then next_state_at end, expired_at) as ends_at

    from states

    where
        state != 'expired'
        -- an account whose history begins after the end has that row alone
        or state_number = 1

),

-- a trial is cut off what follows it
trials as (

    select
        *,
        'trialing' as status,
        starts_at as started_at,
        case when ends_at < trial_ends_at then ends_at else trial_ends_at end as ended_at

    from stretches

    where starts_at < trial_ends_at

),

after_trials as (

    select
        *,
        case when state = 'paused' then 'paused' else 'active' end as status,
        case when starts_at < trial_ends_at then trial_ends_at else starts_at end as started_at,
        ends_at as ended_at

    from stretches

    where coalesce(ends_at > trial_ends_at, true)

),

versions as (

    select * from trials

    union all

    select * from after_trials

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'recurly'

),

final as (

    select
        versions.id as subscription_id,
        coalesce(links.customer_id, versions.account_id) as customer_id,
        coalesce(plans.name, plans.code, versions.plan_id) as plan,
        versions.status,
        versions.started_at,
        versions.ended_at,
        versions.unit_amount * coalesce(versions.quantity, 1) + coalesce(versions.add_ons_total, 0) as amount,
        case plans.interval_unit when 'days' then 'day' else 'month' end as billing_interval,
        coalesce(plans.interval_length, 1) as interval_count,
        cast(1 as integer) as quantity,
        upper(versions.currency) as currency_code,
        versions.churn_reason

    from versions

    left join plans on versions.plan_id = plans.id

    left join links on versions.account_id = links.source_customer_id

    where coalesce(versions.started_at < versions.ended_at, true)

)

select * from final
