-- closing = opening + new + reactivated + resumed + expansion - contraction - churned - paused + transferred,
-- and closing is the opening of the next period, in MRR and in customers, by segment; transferred is 0 at total
{{ config(enabled=has_input('subscriptions')) }}

with

subscriptions as (

    select
        *,
        lag(closing_subscribers) over (
            partition by period_grain, dimension, dimension_value
            order by period_start
        ) as previous_closing_subscribers,
        lag(closing_mrr) over (
            partition by period_grain, dimension, dimension_value
            order by period_start
        ) as previous_closing_mrr

    from {{ ref('kpi__subscriptions') }}

)

select *

from subscriptions

where
    closing_subscribers != opening_subscribers + new_subscribers
    + reactivated_subscribers + resumed_subscribers - churned_subscribers
    - paused_subscribers + transferred_subscribers
    or closing_mrr != opening_mrr + new_mrr + expansion_mrr + reactivation_mrr
    + resumed_mrr - contraction_mrr - churned_mrr - paused_mrr
    + transferred_mrr
    or opening_subscribers != coalesce(previous_closing_subscribers, 0)
    or opening_mrr != coalesce(previous_closing_mrr, 0)
    or (
        dimension = 'total'
        and (transferred_subscribers != 0 or transferred_mrr != 0)
    )
