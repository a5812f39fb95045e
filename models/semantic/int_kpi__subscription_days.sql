{#- grain: day x paid version with MRR on it, for MetricFlow, which can't accrue MRR by the day; a day without any has an empty row -#}
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

-- every day from the first paid one on: MRR at a period's end is that of its last day, be it none
days as (

    select * from {{ ref('int_kpi__days') }}

    where calendar_date >= (select min(started_date) from versions)

),

final as (

    select
        days.calendar_date,
        {% for attribute in customer_dimensions() -%}
        coalesce(versions.{{ attribute }}, 'unknown') as {{ attribute }},
        {% endfor -%}
        versions.customer_id as closing_customer_id,
        versions.mrr as closing_mrr,
        cast(versions.mrr as {{ type_double() }}) / extract(
            day from {{ dbt.last_day('days.calendar_date', 'month') }}
        ) as subscription_revenue

    from days

    left join versions
        on days.calendar_date >= versions.started_date
        and coalesce(days.calendar_date < versions.ended_date, true)

)

select * from final
