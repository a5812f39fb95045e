-- over its reasons, what churned in a period and segment is what kpi__subscriptions says, and no reason stands alone
{{ config(enabled=has_input('subscriptions')) }}

{% call where_parents_are_built() %}
with

subscriptions as (

    select * from {{ ref('kpi__subscriptions') }}

),

reasons as (

    select
        period_grain,
        period_start,
        dimension,
        dimension_value,
        sum(churned_subscribers) as churned_subscribers,
        sum(churned_mrr) as churned_mrr

    from {{ ref('kpi__churn_reasons') }}

    group by 1, 2, 3, 4

)

select
    subscriptions.period_grain,
    subscriptions.period_start,
    subscriptions.dimension,
    subscriptions.dimension_value,
    subscriptions.churned_subscribers,
    reasons.churned_subscribers as churned_for_a_reason

from subscriptions

left join reasons
    on {{ same_period_segment('subscriptions', 'reasons') }}

where
    subscriptions.churned_subscribers != coalesce(reasons.churned_subscribers, 0)
    or subscriptions.churned_mrr != coalesce(reasons.churned_mrr, 0)
{% endcall %}
