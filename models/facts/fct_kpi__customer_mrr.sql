{#- grain: customer x span of days without a change of MRR or plan; spans without MRR are left out -#}
{{ config(enabled=has_input('subscriptions')) }}

with

versions as (

    select * from {{ ref('fct_kpi__subscription_versions') }}

    where
        mrr > 0
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
        sum(versions.mrr) as mrr

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
        -- the plan with the most MRR is the customer's, ties by name
        row_number() over (
            partition by customer_id, valid_from
            order by mrr desc, plan asc
        ) as plan_rank

    from mrr_by_plan

),

final as (

    select
        customer_id,
        plan,
        {{ columns_from(customer_columns()) }}
        cast(customer_mrr as numeric(28, 6)) as mrr,
        valid_from,
        valid_to

    from ranked

    where plan_rank = 1

)

select * from final
