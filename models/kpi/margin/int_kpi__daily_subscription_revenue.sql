{{ config(enabled=has_input('subscriptions')) }}
{%- set dimensions = dimensions_of('customers', 'subscriptions', 'order_lines', 'orders') -%}

with

versions as (

    select
        {{ columns_from(
            dimensions_of('order_lines', 'orders'), value="'subscriptions'"
        ) }}
        *

    from {{ ref('fct_kpi__subscription_versions') }}

    where mrr != 0

),

days as (

    select * from {{ ref('int_kpi__days') }}

),

changes as (

    select
        started_date as calendar_date,
        mrr as mrr_change,
        {{ dimensions | join(', ') }}

    from versions

    union all

    select
        ended_date as calendar_date,
        -mrr as mrr_change,
        {{ dimensions | join(', ') }}

    from versions

    where ended_date is not null

),

changes_by_segment as (

    select
        calendar_date,
        {{ dimension_columns(dimensions) }},
        sum(mrr_change) as mrr_change

    from changes

    group by {{ dimension_sets(['calendar_date'], dimensions) }}

),

spans as (

    select
        dimension,
        dimension_value,
        calendar_date as valid_from,
        lead(calendar_date) over (
            partition by dimension, dimension_value
            order by calendar_date
        ) as valid_to,
        sum(mrr_change) over (
            partition by dimension, dimension_value
            order by calendar_date
            rows between unbounded preceding and current row
        ) as mrr

    from changes_by_segment

),

final as (

    select
        days.calendar_date,
        spans.dimension,
        spans.dimension_value,
        cast(
            cast(spans.mrr as {{ type_double() }})
            / extract(
                day from {{ dbt.last_day('days.calendar_date', 'month') }}
            ) as numeric(38, 10)
        ) as subscription_revenue

    from spans

    inner join days
        on spans.valid_from <= days.calendar_date
        and coalesce(spans.valid_to > days.calendar_date, true)

    where spans.mrr != 0

)

select * from final
