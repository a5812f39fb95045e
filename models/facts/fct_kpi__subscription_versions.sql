{#- grain: accepted version of a subscription, cut where a later version of it starts -#}
{{ config(enabled=has_input('subscriptions')) }}

with

subscriptions as (

    select * from {{ ref('stg_kpi__subscriptions') }}

    where row_status = 'accepted'

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

with_first_unpaid_day as (

    select
        *,
        {% if policy('churn_recognition') == 'day_after' -%}
        cast({{ dbt.dateadd('day', 1, 'ended_date') }} as date)
        {%- else -%}
        ended_date
        {%- endif %} as first_unpaid_date

    from subscriptions

),

with_next_version as (

    select
        *,
        case
            when first_unpaid_date <= {{ as_of_date() }} then first_unpaid_date
        end as own_ended_date,
        lead(started_date) over (
            partition by subscription_id
            order by started_date, started_at
        ) as next_started_date,
        -- 1e0 is a float on Spark, where 1.0 / 12 has six decimals
        case
            when billing_interval = 'year' then 1e0 / 12
            when billing_interval = 'quarter' then 1e0 / 3
            when billing_interval = 'month' then 1e0
            when billing_interval = 'week' then 52e0 / 12
            when billing_interval = 'day' then 365e0 / 12
        end as monthly_factor,
        coalesce(status in (
            'active', 'cancelled'
            {{- ", 'past_due'" if policy('past_due') == 'active' }}
        ), false) as is_paid

    from with_first_unpaid_day

),

final as (

    select
        with_next_version.subscription_id,
        with_next_version.customer_id,
        {{ columns_from(attributes_of('subscriptions'), 'with_next_version') }}
        with_next_version.status,
        with_next_version.churn_reason,
        {{ customer_attributes(source='with_next_version.source_name') }},
        with_next_version.currency_code,
        cast(
            with_next_version.amount * with_next_version.quantity
            as numeric(28, 6)
        ) as amount,
        case
            when with_next_version.is_paid
                then cast(
                    {{ dbt.safe_cast(
                        'with_next_version.amount * with_next_version.quantity',
                        type_double(),
                    ) }}
                    * with_next_version.monthly_factor
                    * with_next_version.exchange_rate
                    as numeric(28, 6)
                )
            else cast(0 as numeric(28, 6))
        end as mrr,
        with_next_version.started_date,
        case
            when
                with_next_version.own_ended_date
                <= with_next_version.next_started_date
                then with_next_version.own_ended_date
            else coalesce(
                with_next_version.next_started_date,
                with_next_version.own_ended_date
            )
        end as ended_date,
        with_next_version.next_started_date is not null
        and coalesce(
            with_next_version.ended_date
            > with_next_version.next_started_date, true
        ) as is_cut

    from with_next_version

    left join customers
        on with_next_version.customer_id = customers.customer_id

)

select * from final
