{{ config(enabled=has_input('subscriptions')) }}
{%- set dimensions = subscriber_dimensions() -%}
{#- what they had when they left: at opening, or inside the period where they had nothing then -#}
{%- set lost = {"'churn'": 'opening', "'same_period'": 'passing'} -%}
{%- do lost.update({"'resumption and churn'": 'opening_held'} if policy('paused') == 'suspended' else {}) %}

with

movements as (

    select * from {{ ref('int_kpi__customer_movements') }}

),

versions as (

    select * from {{ ref('fct_kpi__subscription_versions') }}

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

churned as (

    {% for movement, state in lost.items() -%}
    select
        customer_id,
        period_grain,
        period_start,
        final_change_date,
        {{ columns_from(version_columns(), prefix=state ~ '_') }}
        {{ state }}_mrr as churned_mrr

    from movements

    where movement = {{ movement }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- of the versions that ended when the customer left, or that say so
with_reason as (

    select
        churned.customer_id,
        churned.period_grain,
        churned.period_start,
        versions.churn_reason,
        row_number() over (
            partition by
                churned.customer_id, churned.period_grain, churned.period_start
            order by
                case when versions.churn_reason is null then 1 else 0 end asc,
                versions.mrr desc,
                versions.churn_reason asc
        ) as reason_number

    from churned

    inner join versions
        on churned.customer_id = versions.customer_id
        and churned.final_change_date >= versions.started_date
        and coalesce(churned.final_change_date <= versions.ended_date, true)

),

with_attributes as (

    select
        churned.*,
        coalesce(with_reason.churn_reason, 'unknown') as reason,
        {{ customer_attributes(source=none) }}

    from churned

    left join with_reason
        on churned.customer_id = with_reason.customer_id
        and churned.period_grain = with_reason.period_grain
        and churned.period_start = with_reason.period_start
        and with_reason.reason_number = 1

    left join customers on churned.customer_id = customers.customer_id

),

final as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(dimensions) }},
        reason,
        {{ churn_reason_type('reason') }} as reason_type,
        count(*) as churned_subscribers,
        sum(churned_mrr) as churned_mrr

    from with_attributes

    group by {{ dimension_sets(['period_grain', 'period_start', 'reason'], dimensions) }}

)

select * from final
