-- Which plan drives churn? Subscribers lost by plan and month, as a share of its own base and of all that were lost.
{{ config(enabled=has_input('subscriptions')) }}
select
    period_start,
    dimension_value as plan,
    opening_subscribers,
    churned_subscribers,
    customer_churn_rate,
    cast(churned_subscribers as {{ type_double() }})
    / nullif(sum(churned_subscribers) over (partition by period_start), 0) as share_of_churn

from {{ ref('kpi__subscriptions') }}

where
    period_grain = 'month'
    and dimension = 'plan'

order by period_start asc, churned_subscribers desc
