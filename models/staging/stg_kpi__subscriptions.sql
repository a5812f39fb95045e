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
        lower({{ text('status') }}) as status,
        lower({{ text('billing_interval') }}) as billing_interval,
        upper({{ text('currency_code') }}) as currency_code,
        {{ text('churn_reason') }} as churn_reason,
        {{ number('amount') }} as amount,
        {{ number('quantity') }} as quantity,
        {{ is_unreadable('quantity', number('quantity')) }}
            as is_quantity_unreadable,
        {{ reporting_date('started_at') }} as started_date,
        {{ reporting_date('ended_at') }} as ended_date,
        {{ is_unreadable('ended_at', reporting_date('ended_at')) }}
            as is_end_unreadable,
        started_at,
        ended_at,
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

final as (

    select
        subscription_id,
        customer_id,
        {{ columns_from(attributes_of('subscriptions')) }}
        status,
        billing_interval,
        currency_code,
        churn_reason,
        amount,
        coalesce(quantity, 1) as quantity,
        exchange_rate,
        is_rate_carried,
        started_date,
        ended_date,
        {{ row_status(
            ['subscription_id', 'started_at'],
            day='started_date', latest_by='ended_at'
        ) }} as row_status,
        reject_reason,
        source_name,
        {{ rejected_row() }} as raw_row,
        started_at

    from checked

)

select * from final
