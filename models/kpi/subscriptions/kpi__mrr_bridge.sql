{#- grain: period grain x period x segment x step from opening to closing MRR -#}
{{ config(enabled=has_input('subscriptions')) }}
{%- set steps = {
    'opening': 'Opening', 'new': 'New', 'expansion': 'Expansion', 'reactivation': 'Reactivation', 'resumed': 'Resumed',
    'transferred': 'Transferred', 'contraction': 'Contraction', 'churned': 'Churned', 'paused': 'Paused', 'closing': 'Closing'
} -%}
{%- set left_out = [] if policy('paused') == 'suspended' else ['resumed', 'paused'] %}

with

subscriptions as (

    select * from {{ ref('kpi__subscriptions') }}

    where closing_mrr is not null

),

steps as (

    {% for step, label in steps.items() if step not in left_out -%}
    select
        {{ loop.index }} as sort_order,
        '{{ step }}' as step,
        '{{ label }}' as step_label
    {{ 'union all' if not loop.last }}
    {% endfor %}
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
            {%- for step in steps %}
            when '{{ step }}' then {{ '-' if step in ('contraction', 'churned', 'paused') }}subscriptions.{{ step }}_mrr
            {%- endfor %}
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
