{#- grain: row of subscriptions (a version of a subscription) -#}
{{ config(enabled=has_input('subscriptions')) }}

with

source as (

    {{ read_input('subscriptions') }}

),

known_customers as (

    {{ known_customers() }}

),

typed as (

    select
        {{ id_of('subscription_id') }} as subscription_id,
        {{ id_of('customer_id') }} as customer_id,
        {{ attributes('subscriptions') }}
        {{ subscription_status('status') }} as status,
        {{ interval_part('billing_interval', 'unit') }} as billing_interval,
        {{ interval_part('billing_interval', 'number') }} as units_in_word,
        {{ number('interval_count') }} as interval_count,
        {{ is_unreadable('interval_count', number('interval_count')) }}
            as is_count_unreadable,
        {{ currency('currency_code') }} as currency_code,
        {{ text('churn_reason') }} as churn_reason,
        {{ number('amount', 12) }} as amount,
        {{ number('quantity') }} as quantity,
        {{ reporting_date('started_at') }} as started_date,
        {{ reporting_date('ended_at') }} as ended_date,
        {{ utc_time('started_at') }} as started_time,
        {{ utc_time('ended_at') }} as ended_time,
        {{ known_moment('started_at') }} as started_moment,
        {{ known_moment('ended_at') }} as ended_moment,
        started_at,
        ended_at,
        amount as raw_amount,
        quantity as raw_quantity,
        status as raw_status,
        billing_interval as raw_interval,
        interval_count as raw_interval_count,
        source_name,
        source_rank,
        raw_row

    from source

),

checked as (

    select
        typed.*,
        {{ rate_to_reporting('typed.currency_code') }} as exchange_rate,
        coalesce(daily_rates.is_carried_forward, false) as is_rate_carried,
        {{ subscription_reject_reason() }} as reject_reason

    from typed

    left join known_customers
        on typed.customer_id = known_customers.customer_id

    {{ join_rates('typed.currency_code', 'typed.started_date') }}

),

-- rows that agree in key, amount, plan, currency and owner are copies: the
-- later end counts, then the later status; a version of no day is none of them
ranked as (

    select
        *,
        row_number() over (
            partition by
                subscription_id, customer_id, plan, currency_code,
                amount, coalesce(quantity, 1), billing_interval,
                coalesce(interval_count, 1) * units_in_word,
                started_date, started_time,
                coalesce(ended_date = started_date, false),
                reject_reason is null and started_date <= {{ as_of_date() }}
            order by
                case when ended_time is null then 1 else 0 end,
                ended_time desc,
                case status
                    {%- for status in subscription_statuses() %}
                    when '{{ status }}' then {{ loop.index }}
                    {%- endfor %}
                end desc,
                case when churn_reason is null then 1 else 0 end,
                churn_reason
        ) as copy_number

    from checked

),

final as (

    select
        subscription_id,
        customer_id,
        {{ columns_from(attributes_of('subscriptions')) }}
        status,
        billing_interval,
        cast(coalesce(interval_count, 1) * units_in_word as integer)
            as interval_count,
        currency_code,
        churn_reason,
        amount,
        coalesce(quantity, 1) as quantity,
        exchange_rate,
        is_rate_carried,
        started_date,
        ended_date,
        started_time,
        started_moment,
        interval_count is null and units_in_word = 1 as is_count_assumed,
        {{ row_status(day='started_date') }} as row_status,
        reject_reason,
        source_name,
        {{ rejected_row() }} as raw_row

    from ranked

)

select * from final
