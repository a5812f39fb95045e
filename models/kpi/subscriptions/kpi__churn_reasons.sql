{{ config(enabled=has_input('subscriptions')) }}

with

subscriptions as (

    select * from {{ ref('kpi__subscriptions') }}

),

churn_reasons as (

    select * from {{ ref('int_kpi__churn_reasons') }}

),

final as (

    select
        subscriptions.period_grain,
        subscriptions.period_start,
        subscriptions.period_end,
        subscriptions.period_label,
        subscriptions.is_complete_period,
        subscriptions.dimension,
        subscriptions.dimension_value,
        churn_reasons.reason,
        churn_reasons.reason_type,
        cast(churn_reasons.churned_subscribers as bigint)
            as churned_subscribers,
        cast(churn_reasons.churned_mrr as numeric(38, 6)) as churned_mrr

    from churn_reasons

    inner join subscriptions
        on {{ same_period_segment('churn_reasons', 'subscriptions') }}

    -- a period that subscriptions don't cover has no churn
    where subscriptions.churned_subscribers is not null

)

select * from final
