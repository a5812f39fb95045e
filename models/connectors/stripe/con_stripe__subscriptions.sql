{{ config(enabled=feeds('stripe', 'subscriptions')) }}

with

versions as (

    select * from {{ ref('int_stripe__versions') }}

),

final as (

    select
        subscription_id,
        customer_id,
        plan,
        status,
        started_at,
        ended_at,
        amount,
        billing_interval,
        interval_count,
        quantity,
        currency_code,
        churn_reason

    from versions

)

select * from final
