{{ config(enabled=has_input('subscriptions')) }}
{%- set grace = policy('churn_grace_days') -%}
{%- set day_after = 'cast(' ~ dbt.dateadd('day', 1, as_of_date()) ~ ' as date)' %}

with

versions as (

    select
        *,
        case when is_counted then monthly_amount else 0 end as mrr,
        -- whether its customer is a subscriber by it
        is_counted
        and monthly_amount {{ '>=' if policy('free_plan') == 'contraction' else '>' }} 0
        {{ "or status = 'paused'" if policy('paused') == 'suspended' }}
            as is_held

    from {{ ref('int_kpi__subscription_versions') }}

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

-- who comes back within the days of grace had never left; without any there is no such gap
held_versions as (

    select
        *,
        max(coalesce(ended_date, cast('9999-12-31' as date))) over (
            partition by customer_id
            order by started_date, subscription_id
            rows between unbounded preceding and current row
        ) as customer_until,
        lead(started_date) over (
            partition by customer_id
            order by started_date, subscription_id
        ) as customer_again,
        ended_date as subscription_until,
        lead(started_date) over (
            partition by subscription_id
            order by started_date, ended_date
        ) as subscription_again

    from versions

    where
        is_held
        and (ended_date is null or ended_date > started_date)

),

-- the last gap is open until it is longer than the grace
customer_gaps as (

    select
        customer_id,
        customer_until,
        min(customer_again) as customer_again

    from held_versions

    where
        customer_until < coalesce(customer_again, {{ day_after }})
        and {{ dbt.datediff(
            'customer_until', 'coalesce(customer_again, ' ~ day_after ~ ')', 'day',
        ) }} <= {{ grace }}

    group by 1, 2

),

subscription_gaps as (

    select
        subscription_id,
        subscription_until,
        min(subscription_again) as subscription_again

    from held_versions

    where
        subscription_until < subscription_again
        and {{ dbt.datediff(
            'subscription_until', 'subscription_again', 'day',
        ) }} <= {{ grace }}

    group by 1, 2

),

final as (

    select
        versions.subscription_id,
        versions.customer_id,
        {{ columns_from(attributes_of('subscriptions'), 'versions') }}
        versions.status,
        versions.churn_reason,
        {{ customer_attributes(source='versions.source_name') }},
        versions.currency_code,
        versions.amount,
        versions.monthly_amount,
        cast(versions.mrr as numeric(28, 6)) as mrr,
        versions.started_date,
        case
            when not versions.is_held then versions.ended_date
            when subscription_gaps.subscription_id is not null
                then subscription_gaps.subscription_again
            when customer_gaps.customer_id is not null
                then customer_gaps.customer_again
            else versions.ended_date
        end as ended_date,
        versions.started_time,
        versions.started_moment,
        versions.is_held,
        versions.is_cut

    from versions

    left join customers
        on versions.customer_id = customers.customer_id

    left join customer_gaps
        on versions.customer_id = customer_gaps.customer_id
        and versions.ended_date = customer_gaps.customer_until

    left join subscription_gaps
        on versions.subscription_id = subscription_gaps.subscription_id
        and versions.ended_date = subscription_gaps.subscription_until

)

select * from final
