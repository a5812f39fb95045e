{#- grain: paid version of a subscription x day, for MetricFlow, which can't accrue MRR by the day -#}
{{ config(
    enabled=var('okr_metrics_semantic_layer', false)
        and has_input('subscriptions'),
    materialized='view',
) }}

with

versions as (

    select * from {{ ref('fct_kpi__subscription_versions') }}

    where mrr > 0

),

days as (

    select * from {{ ref('int_kpi__days') }}

),

final as (

    select
        days.calendar_date,
        versions.customer_id,
        versions.country,
        versions.segment,
        versions.acquisition_channel,
        versions.plan,
        versions.mrr,
        cast(versions.mrr as {{ type_double() }}) / extract(
            day from {{ dbt.last_day('days.calendar_date', 'month') }}
        ) as subscription_revenue

    from versions

    inner join days
        on versions.started_date <= days.calendar_date
        and coalesce(versions.ended_date > days.calendar_date, true)

)

select * from final
