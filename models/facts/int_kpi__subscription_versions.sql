{{ config(enabled=has_input('subscriptions'), materialized='view') }}
{%- set counted = ['active', 'cancelled']
    + (['past_due'] if policy('past_due') == 'active' else []) %}

with

subscriptions as (

    select * from {{ ref('stg_kpi__subscriptions') }}

    where row_status = 'accepted'

),

typed as (

    select
        *,
        cast({{ dbt.dateadd(
            'day',
            1 if policy('churn_recognition') == 'day_after' else 0,
            'ended_date',
        ) }} as date) as first_unpaid_date,
        -- 1e0 is a float on Spark, where 1.0 / 12 has six decimals
        case
            when billing_interval = 'year' then 1e0 / 12
            when billing_interval = 'quarter' then 1e0 / 3
            when billing_interval = 'month' then 1e0
            when billing_interval = 'week' then 52e0 / 12
            when billing_interval = 'day' then 365e0 / 12
        end / coalesce(interval_count, 1) as monthly_factor,
        coalesce(
            status in ('{{ counted | join("', '") }}'), false
        ) as is_paid,
        coalesce(ended_date = started_date, false) as has_no_day,
        -- how a history that closes no version says that the last one ended
        coalesce(
            ended_date = started_date and status in ('cancelled', 'expired'),
            false
        ) as is_end

    from subscriptions

),

-- what has no day stands first, so that nothing of its own moment follows it
with_next_row as (

    select
        *,
        case
            when first_unpaid_date <= {{ as_of_date() }} then first_unpaid_date
        end as own_ended_date,
        min(case when not has_no_day then started_time end) over (
            partition by subscription_id
            order by started_time, case when has_no_day then 0 else 1 end
            rows between 1 following and unbounded following
        ) as next_row_time,
        min(case when not has_no_day then started_date end) over (
            partition by subscription_id
            order by started_time, case when has_no_day then 0 else 1 end
            rows between 1 following and unbounded following
        ) as next_row_date,
        min(case when is_end then started_date end) over (
            partition by subscription_id
            order by started_time, case when has_no_day then 0 else 1 end
            rows between 1 following and unbounded following
        ) as end_date,
        max(case when is_paid then 1 else 0 end) over (
            partition by subscription_id
            order by started_time
            rows between unbounded preceding and current row
        ) as was_paid

    from typed

),

-- versions of one moment run side by side until the next moment
with_next_time as (

    select
        *,
        min(
            case when next_row_time > started_time then next_row_date end
        ) over (
            partition by subscription_id, started_time
        ) as next_date

    from with_next_row

),

with_next_version as (

    select
        *,
        case
            when has_no_day then next_row_date
            when ended_date is null and next_date > end_date then end_date
            when ended_date is null then coalesce(next_date, end_date)
            else next_date
        end as next_started_date,
        {{ "is_paid or status = 'paused' and was_paid = 1"
            if policy('paused') == 'kept' else 'is_paid' }} as is_counted

    from with_next_time

),

final as (

    select
        subscription_id,
        customer_id,
        source_name,
        {{ columns_from(attributes_of('subscriptions')) }}
        status,
        churn_reason,
        currency_code,
        started_time,
        started_moment,
        started_date,
        case
            when own_ended_date <= next_started_date then own_ended_date
            else coalesce(next_started_date, own_ended_date)
        end as ended_date,
        is_counted,
        cast(amount * quantity as numeric(28, 6)) as amount,
        cast(
            {{ dbt.safe_cast('amount * quantity', type_double()) }}
            * monthly_factor * exchange_rate as numeric(28, 6)
        ) as monthly_amount,
        not has_no_day
        and next_started_date is not null
        and coalesce(ended_date > next_started_date, true) as is_cut

    from with_next_version

)

select * from final
