{{ config(enabled=has_input('subscriptions')) }}
{%- set net_retained_mrr = 'retained_mrr + expansion_mrr'
    ~ (' + reactivation_mrr' if policy('nrr_reactivation') == 'include' else '') -%}
{#- the parts of the churn rate; daily rates are added up already: 1 divides them where a day has anybody to lose -#}
{%- set lost, at_risk = {
    'opening': ('churned_subscribers', 'opening_subscribers'),
    'opening_plus_new': ('churned_subscribers', 'opening_subscribers + new_subscribers'),
    'daily': ('daily_churn_rate', 'has_days_at_risk'),
}[policy('churn_denominator')] %}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where {{ is_total_or(dimensions_of('customers', 'subscriptions')) }}

),

movements as (

    select * from {{ ref('int_kpi__segment_movements') }}

),

daily_churn_rates as (

    select * from {{ optional_model(
        'int_kpi__daily_churn_rates', policy('churn_denominator') == 'daily',
        measures=['daily_churn_rate', 'has_days_at_risk'],
    ) }}

),

-- no movement is 0 where subscriptions are known, else nobody knows
frame as (

    select
        *,
        {{ known('0', ['subscriptions']) }} as zero

    from period_segments

),

measures as (

    select
        frame.*,
        coalesce(movements.new_subscribers, frame.zero) as new_subscribers,
        coalesce(movements.reactivated_subscribers, frame.zero)
            as reactivated_subscribers,
        coalesce(movements.churned_subscribers, frame.zero) as churned_subscribers,
        coalesce(movements.paused_subscribers, frame.zero) as paused_subscribers,
        coalesce(movements.resumed_subscribers, frame.zero) as resumed_subscribers,
        coalesce(movements.transferred_subscribers, frame.zero)
            as transferred_subscribers,
        coalesce(movements.new_mrr, frame.zero) as new_mrr,
        coalesce(movements.expansion_mrr, frame.zero) as expansion_mrr,
        coalesce(movements.reactivation_mrr, frame.zero) as reactivation_mrr,
        coalesce(movements.resumed_mrr, frame.zero) as resumed_mrr,
        coalesce(movements.transferred_mrr, frame.zero) as transferred_mrr,
        coalesce(movements.same_period_churned_mrr, frame.zero)
            as same_period_churned_mrr,
        coalesce(movements.same_period_paused_mrr, frame.zero)
            as same_period_paused_mrr,
        coalesce(movements.contraction_mrr, frame.zero) as contraction_mrr,
        coalesce(movements.churned_mrr, frame.zero) as churned_mrr,
        coalesce(movements.paused_mrr, frame.zero) as paused_mrr,
        coalesce(daily_churn_rates.daily_churn_rate, frame.zero)
            as daily_churn_rate,
        coalesce(daily_churn_rates.has_days_at_risk, frame.zero)
            as has_days_at_risk

    from frame

    left join movements
        on {{ same_period_segment('frame', 'movements') }}
        and frame.zero = 0

    left join daily_churn_rates
        on {{ same_period_segment('frame', 'daily_churn_rates') }}
        and frame.zero = 0

),

changes as (

    select
        *,
        new_subscribers + reactivated_subscribers + resumed_subscribers
        - churned_subscribers - paused_subscribers
        + transferred_subscribers as subscribers_change,
        new_mrr + expansion_mrr + reactivation_mrr + resumed_mrr
        - contraction_mrr - churned_mrr - paused_mrr
        + transferred_mrr as mrr_change

    from measures

),

running as (

    select
        *,
        sum(subscribers_change) over (
            partition by period_grain, dimension, dimension_value
            order by period_start
            rows between unbounded preceding and current row
        ) as subscribers_so_far,
        sum(mrr_change) over (
            partition by period_grain, dimension, dimension_value
            order by period_start
            rows between unbounded preceding and current row
        ) as mrr_so_far

    from changes

),

-- no balance where the change isn't known
balances as (

    select
        *,
        subscribers_so_far - subscribers_change as opening_subscribers,
        case when subscribers_change is not null then subscribers_so_far end
            as closing_subscribers,
        mrr_so_far - mrr_change as opening_mrr,
        case when mrr_change is not null then mrr_so_far end as closing_mrr

    from running

),

-- what of the opening MRR is left: who joined inside the period had none of it
retained as (

    select
        *,
        cast({{ lost }} as numeric(38, 12)) as churn_rate_numerator,
        cast({{ at_risk }} as numeric(38, 6)) as churn_rate_denominator,
        opening_mrr - contraction_mrr - churned_mrr - paused_mrr
        + same_period_churned_mrr + same_period_paused_mrr as retained_mrr

    from balances

),

final as (

    select
        period_grain,
        period_start,
        period_end,
        period_label,
        is_complete_period,
        dimension,
        dimension_value,
        cast(opening_subscribers as bigint) as opening_subscribers,
        cast(new_subscribers as bigint) as new_subscribers,
        cast(reactivated_subscribers as bigint) as reactivated_subscribers,
        cast(churned_subscribers as bigint) as churned_subscribers,
        cast(paused_subscribers as bigint) as paused_subscribers,
        cast(resumed_subscribers as bigint) as resumed_subscribers,
        cast(transferred_subscribers as bigint) as transferred_subscribers,
        cast(closing_subscribers as bigint) as closing_subscribers,
        cast(opening_mrr as numeric(38, 6)) as opening_mrr,
        cast(new_mrr as numeric(38, 6)) as new_mrr,
        cast(expansion_mrr as numeric(38, 6)) as expansion_mrr,
        cast(reactivation_mrr as numeric(38, 6)) as reactivation_mrr,
        cast(contraction_mrr as numeric(38, 6)) as contraction_mrr,
        cast(churned_mrr as numeric(38, 6)) as churned_mrr,
        cast(paused_mrr as numeric(38, 6)) as paused_mrr,
        cast(resumed_mrr as numeric(38, 6)) as resumed_mrr,
        cast(transferred_mrr as numeric(38, 6)) as transferred_mrr,
        cast(closing_mrr as numeric(38, 6)) as closing_mrr,
        cast(closing_mrr * 12 as numeric(38, 6)) as arr,
        cast(same_period_churned_mrr as numeric(38, 6))
            as same_period_churned_mrr,
        cast(retained_mrr as numeric(38, 6)) as retained_mrr,
        cast({{ net_retained_mrr }} as numeric(38, 6)) as net_retained_mrr,
        churn_rate_numerator,
        churn_rate_denominator,
        {{ ratio('churn_rate_numerator', 'churn_rate_denominator') }}
            as customer_churn_rate,
        {{ ratio('contraction_mrr + churned_mrr', 'opening_mrr') }}
            as gross_mrr_churn_rate,
        {{ ratio('retained_mrr', 'opening_mrr') }} as gross_revenue_retention,
        {{ ratio(net_retained_mrr, 'opening_mrr') }}
            as net_revenue_retention,
        {{ ratio('new_mrr + expansion_mrr + reactivation_mrr', 'contraction_mrr + churned_mrr') }}
            as quick_ratio

    from retained

)

select * from final
