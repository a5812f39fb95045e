{{ config(enabled=has_input('subscriptions')) }}
{%- set left_out = ['none'] if policy('paused') == 'suspended' else ['resumed', 'paused'] %}

with

subscriptions as (

    select * from {{ ref('kpi__subscriptions') }}

    where closing_mrr is not null

),

all_steps as (

    -- noqa: disable=LT09
    select 1 as sort_order, 'opening' as step, 'Opening' as step_label
    union all
    select 2 as sort_order, 'new' as step, 'New' as step_label
    union all
    select 3 as sort_order, 'expansion' as step, 'Expansion' as step_label
    union all
    select 4 as sort_order, 'reactivation' as step, 'Reactivation' as step_label
    union all
    select 5 as sort_order, 'resumed' as step, 'Resumed' as step_label
    union all
    select 6 as sort_order, 'transferred' as step, 'Transferred' as step_label
    union all
    select 7 as sort_order, 'contraction' as step, 'Contraction' as step_label
    union all
    select 8 as sort_order, 'churned' as step, 'Churned' as step_label
    union all
    select 9 as sort_order, 'paused' as step, 'Paused' as step_label
    union all
    select 10 as sort_order, 'closing' as step, 'Closing' as step_label
    -- noqa: enable=LT09

),

steps as (

    select
        row_number() over (order by sort_order) as sort_order,
        step,
        step_label

    from all_steps

    -- no pause moves MRR unless it suspends the subscription
    where step not in ('{{ left_out | join("', '") }}')

),

amounts as (

    select
        subscriptions.period_grain,
        subscriptions.period_start,
        subscriptions.period_end,
        subscriptions.period_label,
        subscriptions.is_complete_period,
        subscriptions.dimension,
        subscriptions.dimension_value,
        steps.sort_order,
        steps.step,
        steps.step_label,
        steps.step in ('opening', 'closing') as is_total,
        case steps.step
            when 'opening' then subscriptions.opening_mrr
            when 'new' then subscriptions.new_mrr
            when 'expansion' then subscriptions.expansion_mrr
            when 'reactivation' then subscriptions.reactivation_mrr
            when 'resumed' then subscriptions.resumed_mrr
            when 'transferred' then subscriptions.transferred_mrr
            when 'contraction' then -subscriptions.contraction_mrr
            when 'churned' then -subscriptions.churned_mrr
            when 'paused' then -subscriptions.paused_mrr
            when 'closing' then subscriptions.closing_mrr
        end as amount

    from subscriptions

    cross join steps

),

ends as (

    select
        *,
        case
            when is_total then amount
            else sum(case when step = 'closing' then 0 else amount end) over (
                partition by
                    period_grain, period_start, dimension, dimension_value
                order by sort_order
                rows between unbounded preceding and current row
            )
        end as running_end

    from amounts

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
        cast(sort_order as integer) as sort_order,
        step,
        step_label,
        is_total,
        cast(amount as numeric(38, 6)) as amount,
        cast(case when is_total then 0 else running_end - amount end as numeric(38, 6))
            as running_start,
        cast(running_end as numeric(38, 6)) as running_end

    from ends

)

select * from final
