{{ config(enabled=has_input('subscriptions')) }}
{%- set dimensions = dimensions_of('customers', 'subscriptions') %}

with

movement_rows as (

    select * from {{ ref('int_kpi__movement_rows') }}

),

final as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(dimensions) }},
        sum(new_subscribers) as new_subscribers,
        sum(reactivated_subscribers) as reactivated_subscribers,
        sum(churned_subscribers) as churned_subscribers,
        sum(paused_subscribers) as paused_subscribers,
        sum(resumed_subscribers) as resumed_subscribers,
        sum(transferred_subscribers) as transferred_subscribers,
        sum(new_mrr) as new_mrr,
        sum(expansion_mrr) as expansion_mrr,
        sum(reactivation_mrr) as reactivation_mrr,
        sum(resumed_mrr) as resumed_mrr,
        sum(transferred_mrr) as transferred_mrr,
        sum(contraction_mrr) as contraction_mrr,
        sum(churned_mrr) as churned_mrr,
        sum(paused_mrr) as paused_mrr,
        sum(same_period_churned_mrr) as same_period_churned_mrr,
        sum(same_period_paused_mrr) as same_period_paused_mrr

    from movement_rows

    group by {{ dimension_sets(['period_grain', 'period_start'], dimensions) }}

)

select * from final
