{{ config(enabled=has_input('subscriptions'), materialized='view') }}

with

versions as (

    select * from {{ ref('fct_kpi__subscription_versions') }}

    where mrr != 0

),

-- every day from the first paid one on: MRR at a period's end is that of its last day, be it none
days as (

    select * from {{ ref('int_kpi__days') }}

    where calendar_date >= (select min(versions.started_date) from versions)

),

joined as (

    select
        days.calendar_date,
        {{ columns_from(attributes_of('customers'), 'versions') }}
        {{ columns_from(attributes_and_source('subscriptions'), 'versions') }}
        versions.subscription_id,
        versions.started_date,
        versions.customer_id,
        case
            when versions.started_date < days.calendar_date then versions.mrr
        end as opening_mrr,
        case
            when coalesce(versions.ended_date > days.calendar_date, true)
                then versions.mrr
        end as closing_mrr

    from days

    left join versions
        on days.calendar_date >= versions.started_date
        and coalesce(days.calendar_date <= versions.ended_date, true)

),

final as (

    select
        'subscriptions' as input,
        subscription_id as row_key,
        started_date as row_date,
        calendar_date,
        {{ columns_from(
            dimensions_of('order_lines', 'orders'), value="'subscriptions'"
        ) }}
        {{ columns_from(attributes_of('customers'), otherwise="'unknown'") }}
        {{ columns_from(attributes_and_source('subscriptions'), otherwise="'unknown'") }}
        case when opening_mrr > 0 then customer_id end as opening_customer_id,
        case when closing_mrr > 0 then customer_id end as closing_customer_id,
        opening_mrr,
        closing_mrr,
        cast(cast(closing_mrr as {{ type_double() }}) / extract(
            day from {{ dbt.last_day('calendar_date', 'month') }}
        ) as numeric(38, 10)) as subscription_revenue

    from joined

)

select * from final
