{# The CTEs of subscription revenue by version and period, in a segment. #}
{% macro lineage_accruals(spec, segment) -%}
accrual_days as (

    select
        versions.subscription_id,
        versions.started_date,
        versions.mrr,
        periods.period_start,
        extract(day from {{ dbt.last_day('days.calendar_date', 'month').split() | join(' ') }}) as days_in_month,
        sum(versions.mrr) over (
            partition by days.calendar_date
            order by versions.subscription_id, versions.started_date
            rows between unbounded preceding and current row
        ) as running_mrr

    from {{ spec.versions }} as versions

    inner join {{ spec.days }} as days
        on versions.started_date <= days.calendar_date
        and coalesce(versions.ended_date > days.calendar_date, true)

    inner join periods
        on days.calendar_date >= periods.period_start
        and days.calendar_date <= periods.period_end

    where
        versions.mrr != 0
        {{- '\n        and ' ~ segment if segment }}

),

{{ lineage_rounded_accruals() }}
{%- endmacro %}

{# The CTEs that add up its days as the mart rounds them. #}
{% macro lineage_rounded_accruals() -%}
-- the mart rounds the sum of all versions, by day and by period: a version is what it adds to a running sum rounded so
accruals_of_days as (

    select
        subscription_id,
        started_date,
        period_start,
        sum(
            cast(cast(running_mrr as {{ type_double() }}) / days_in_month as numeric(38, 10))
            - cast(cast(running_mrr - mrr as {{ type_double() }}) / days_in_month as numeric(38, 10))
        ) as accrued

    from accrual_days

    group by 1, 2, 3

),

running_accruals as (

    select
        *,
        sum(accrued) over (
            partition by period_start
            order by subscription_id, started_date
            rows between unbounded preceding and current row
        ) as running_total

    from accruals_of_days

),

accruals as (

    select
        subscription_id,
        started_date,
        period_start,
        cast(running_total as numeric(38, 6)) - cast(running_total - accrued as numeric(38, 6)) as accrued

    from running_accruals

)
{%- endmacro %}
