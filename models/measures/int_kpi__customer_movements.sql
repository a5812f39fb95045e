{#- grain: customer x period grain x period in which MRR or plan changed; other customers are unchanged -#}
{{ config(enabled=has_input('subscriptions')) }}

with

spans as (

    select * from {{ ref('fct_kpi__customer_mrr') }}

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

states as (

    select
        customer_id,
        valid_from as change_date,
        plan,
        mrr

    from spans

    union all

    -- a span that no other follows is followed by no MRR
    select
        ended.customer_id,
        ended.valid_to as change_date,
        null as plan,
        0 as mrr

    from spans as ended -- noqa: AL07

    left join spans as next_spans -- noqa: AL07
        on ended.customer_id = next_spans.customer_id
        and ended.valid_to = next_spans.valid_from

    where
        ended.valid_to is not null
        and next_spans.customer_id is null

),

changes as (

    select
        *,
        min(change_date) over (partition by customer_id) as first_paid_date,
        coalesce(lag(mrr) over (
            partition by customer_id
            order by change_date
        ), 0) as mrr_before,
        lag(plan) over (
            partition by customer_id
            order by change_date
        ) as plan_before,
        lag(change_date) over (
            partition by customer_id
            order by change_date
        ) as last_change_date

    from states

),

changes_in_periods as (

    select
        changes.*,
        period_days.period_grain,
        period_days.period_start,
        row_number() over (
            partition by
                changes.customer_id, period_days.period_grain,
                period_days.period_start
            order by changes.change_date
        ) as change_number,
        row_number() over (
            partition by
                changes.customer_id, period_days.period_grain,
                period_days.period_start
            order by changes.change_date desc
        ) as reverse_change_number

    from changes

    inner join period_days
        on changes.change_date = period_days.calendar_date

),

opening_and_closing as (

    select
        period_grain,
        period_start,
        customer_id,
        min(first_paid_date) as first_paid_date,
        min(change_date) as first_change_date,
        max(change_date) as final_change_date,
        -- without MRR at opening, the change before is the end of the last span
        max(case when change_number = 1 then last_change_date end)
            as last_ended_date,
        max(case when change_number = 1 then mrr_before end) as opening_mrr,
        max(case when change_number = 1 then plan_before end)
            as opening_plan,
        max(case when reverse_change_number = 1 then mrr end) as closing_mrr,
        max(case when reverse_change_number = 1 then plan end)
            as closing_plan,
        -- what one who joins and leaves inside the period had
        max(case when reverse_change_number = 1 then mrr_before end)
            as passing_mrr,
        max(case when reverse_change_number = 1 then plan_before end)
            as passing_plan

    from changes_in_periods

    group by 1, 2, 3

),

final as (

    select
        *,
        {{ movement() }} as movement

    from opening_and_closing

)

select * from final
