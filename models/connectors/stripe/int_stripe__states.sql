{{ config(enabled=feeds('stripe', 'subscriptions') or feeds('stripe', 'refunds')) }}
{%- set columns = {
    'id': 'text', 'customer_id': 'text', 'status': 'text', 'created': 'time', 'start_date': 'time', 'ended_at': 'time',
    'trial_start': 'time', 'trial_end': 'time', 'pause_collection_behavior': 'text',
    'cancellation_details_reason': 'text', 'cancellation_details_feedback': 'text', 'livemode': 'boolean',
    '_fivetran_start': 'time', '_fivetran_end': 'time',
} %}

with

history as (

    {{ raw_table('stripe', 'subscription_history', columns) }}

),

without_history as (

    {{ raw_table('stripe', 'subscription', columns) }}

),

links as (

    select * from {{ ref('int_connectors__customer_links') }}

    where source_name = 'stripe'

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

numbered as (

    select
        *,
        row_number() over (partition by id order by _fivetran_start) as state_number,
        lead(_fivetran_start) over (partition by id order by _fivetran_start) as next_state_at,
        max(ended_at) over (partition by id) as subscription_ended_at,
        max(coalesce(cancellation_details_feedback, cancellation_details_reason)) over (partition by id)
            as churn_reason

    from all_states

    where coalesce(livemode, true)

),

final as (

    select
        numbered.id as subscription_id,
        coalesce(links.customer_id, numbered.customer_id) as customer_id,
        numbered.customer_id as stripe_customer_id,
        numbered.status,
        numbered.state_number,
        numbered.churn_reason,
        numbered.pause_collection_behavior,
        numbered.created,
        numbered.trial_start,
        numbered.trial_end,
        numbered.subscription_ended_at,
        -- the first state that was loaded has held since the subscription began
        case
            when numbered.state_number = 1
                then coalesce(numbered.start_date, numbered.created, numbered._fivetran_start)
            else numbered._fivetran_start
        end as starts_at,
        -- an open one is open until the year 9999
        coalesce(
            numbered.next_state_at,
            case
                when numbered._fivetran_end < cast('9000-01-01' as {{ dbt.type_timestamp() }})
                    then numbered._fivetran_end
            end
        ) as ends_at

    from numbered

    left join links
        on numbered.customer_id = links.source_customer_id

)

select * from final
