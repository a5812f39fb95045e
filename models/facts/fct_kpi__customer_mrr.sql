{#- grain: customer x span of days without a change of MRR, plan or state; spans without MRR are left out, but where a policy keeps those of free or paused versions -#}
{{ config(enabled=has_input('subscriptions')) }}
{%- set keeps_free = policy('free_plan') == 'contraction' -%}
{%- set keeps_paused = policy('paused') == 'suspended' %}

with

versions as (

    select * from {{ ref('fct_kpi__subscription_versions') }}

    where
        (mrr != 0 or is_held)
        and (ended_date is null or ended_date > started_date)

),

change_dates as (

    select
        customer_id,
        started_date as change_date

    from versions

    union all

    select
        customer_id,
        ended_date as change_date

    from versions

    where ended_date is not null

),

spans as (

    select
        customer_id,
        change_date as valid_from,
        lead(change_date) over (
            partition by customer_id
            order by change_date
        ) as valid_to

    from change_dates

    -- one row a date
    group by customer_id, change_date

),

mrr_by_plan as (

    select
        spans.customer_id,
        spans.valid_from,
        spans.valid_to,
        versions.plan,
        {% for column in customer_columns() -%}
        min(versions.{{ column }}) as {{ column }},
        {% endfor -%}
        sum(versions.mrr) as mrr,
        max(case when versions.is_held then 1 else 0 end) as is_held,
        max(case when versions.status = 'paused' then 1 else 0 end)
            as is_paused

    from spans

    inner join versions
        on spans.customer_id = versions.customer_id
        and spans.valid_from >= versions.started_date
        and (
            versions.ended_date is null
            or spans.valid_from < versions.ended_date
        )

    group by 1, 2, 3, 4

),

ranked as (

    select
        *,
        sum(mrr) over (partition by customer_id, valid_from) as customer_mrr,
        {% for flag in ['is_held', 'is_paused'] if keeps_free or keeps_paused -%}
        max({{ flag }}) over (partition by customer_id, valid_from)
            as customer_{{ flag }},
        {% endfor -%}
        -- the plan with the most MRR is the customer's, ties by name
        row_number() over (
            partition by customer_id, valid_from
            order by mrr desc, plan asc
        ) as plan_rank

    from mrr_by_plan

),

with_state as (

    select
        *,
        -- credits can leave nothing
        case
            when customer_mrr > 0 then 'paid'
            {%- if keeps_paused %}
            when customer_is_paused = 1 then 'paused'
            {%- endif %}
            {%- if keeps_free %}
            when customer_is_held = 1 then 'free'
            {%- endif %}
        end as state

    from ranked

    where plan_rank = 1

),

final as (

    select
        customer_id,
        plan,
        {{ columns_from(customer_columns()) }}
        state,
        cast(
            case when state = 'paid' then customer_mrr else 0 end
            as numeric(28, 6)
        ) as mrr,
        valid_from,
        valid_to

    from with_state

    where state is not null

)

select * from final
