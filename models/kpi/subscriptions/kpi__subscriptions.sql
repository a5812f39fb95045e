{#- grain: period grain x period x segment -#}
{{ config(enabled=has_input('subscriptions')) }}
{%- set net_retained_mrr = 'retained_mrr + expansion_mrr'
    ~ (' + reactivation_mrr' if policy('nrr_reactivation') == 'include' else '') %}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where {{ is_total_or(subscriber_dimensions()) }}

),

movements as (

    select * from {{ ref('int_kpi__segment_movements') }}

),

{% if policy('churn_denominator') == 'daily' -%}
daily_churn_rates as (

    select * from {{ ref('int_kpi__daily_churn_rates') }}

),

{% endif -%}
measures as (

    select
        period_segments.*,
        {% for column, measure in movement_measures().items() -%}
        {{ known(measure, ['subscriptions']) }} as {{ column }},
        {% endfor -%}
        {{ known('coalesce(daily_churn_rates.daily_churn_rate, 0)', ['subscriptions'])
            if policy('churn_denominator') == 'daily' else 'null' }}
            as daily_churn_rate

    from period_segments

    left join movements
        on {{ same_period_segment('period_segments', 'movements') }}
    {% if policy('churn_denominator') == 'daily' %}
    left join daily_churn_rates
        on {{ same_period_segment('period_segments', 'daily_churn_rates') }}
    {% endif %}
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

balances as (

    select
        *,
        {% for state in ['subscribers', 'mrr'] -%}
        {# no balance where the change isn't known -#}
        {{ running_total(state ~ '_change') }} + 0 * {{ state }}_change as closing_{{ state }},
        {{ running_total(state ~ '_change') }} - {{ state }}_change
            as opening_{{ state }}{{ ',' if not loop.last }}
        {% endfor %}
    from changes

),

-- what of the opening MRR is left: who joined inside the period had none of it
retained as (

    select
        *,
        {{ churn_rate_parts() }},
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
        {% for count in [
            'opening', 'new', 'reactivated', 'churned', 'paused', 'resumed',
            'transferred', 'closing',
        ] -%}
        cast({{ count }}_subscribers as bigint) as {{ count }}_subscribers,
        {% endfor -%}
        {% for amount in [
            'opening', 'new', 'expansion', 'reactivation', 'contraction',
            'churned', 'paused', 'resumed', 'transferred', 'closing',
        ] -%}
        cast({{ amount }}_mrr as numeric(38, 6)) as {{ amount }}_mrr,
        {% endfor -%}
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
