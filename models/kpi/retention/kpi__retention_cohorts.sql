{{ config(enabled=revenue_is_on()) }}
{%- set dimensions = dimensions_of('customers') -%}
{%- set inputs = ['orders', 'subscriptions'] -%}

with

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

coverage as (

    select * from {{ ref('int_kpi__period_coverage') }}

),

cohort_members as (

    select * from {{ ref('int_kpi__cohort_members') }}

),

retained as (

    select * from {{ ref('int_kpi__cohort_activity') }}

),

cohort_sizes as (

    select
        period_grain,
        cohort_period,
        cohort_number,
        cohort_label,
        {{ dimension_columns(dimensions) }},
        count(*) as cohort_size

    from cohort_members

    group by {{ dimension_sets(
        ['period_grain', 'cohort_period', 'cohort_number', 'cohort_label'], dimensions
    ) }}

),

cohort_periods as (

    select
        cohort_sizes.*,
        periods.period_number - cohort_sizes.cohort_number as periods_since,
        periods.is_complete_period,
        -- of a cohort or a period without data, nobody knows who is left
        coalesce(
            {{ lacks_all(inputs, 'cohort_coverage') }}
            or {{ lacks_all(inputs, 'coverage') }},
            false
        ) as is_unknown

    from cohort_sizes

    inner join periods
        on cohort_sizes.period_grain = periods.period_grain
        and cohort_sizes.cohort_number <= periods.period_number

    left join coverage
        on periods.period_grain = coverage.period_grain
        and periods.period_start = coverage.period_start

    left join coverage as cohort_coverage -- noqa: AL07
        on cohort_sizes.period_grain = cohort_coverage.period_grain
        and cohort_sizes.cohort_period = cohort_coverage.period_start

),

measures as (

    select
        cohort_periods.*,
        case
            when
                not cohort_periods.is_complete_period
                or cohort_periods.is_unknown
                then null
            when cohort_periods.periods_since = 0
                then cohort_periods.cohort_size
            else coalesce(retained.retained_customers, 0)
        end as retained_customers,
        case
            when
                cohort_periods.is_complete_period
                and not cohort_periods.is_unknown
                then coalesce(retained.retained_revenue, 0)
        end as retained_revenue

    from cohort_periods

    left join retained
        on cohort_periods.period_grain = retained.period_grain
        and cohort_periods.cohort_period = retained.cohort_period
        and cohort_periods.periods_since = retained.periods_since
        and cohort_periods.dimension = retained.dimension
        and cohort_periods.dimension_value = retained.dimension_value

),

with_first_revenue as (

    select
        *,
        max(case when periods_since = 0 then retained_revenue end) over (
            partition by period_grain, cohort_period, dimension, dimension_value
        ) as first_revenue

    from measures

),

final as (

    select
        period_grain,
        cohort_period,
        cohort_label,
        cast(periods_since as integer) as periods_since,
        right('000' || {{ dbt.safe_cast('periods_since', dbt.type_string()) }}, 4)
            as periods_since_label,
        dimension,
        dimension_value,
        cast(cohort_size as bigint) as cohort_size,
        cast(retained_customers as bigint) as retained_customers,
        {{ ratio('retained_customers', 'cohort_size') }} as retention_rate,
        cast(retained_revenue as numeric(38, 6)) as retained_revenue,
        {{ ratio('retained_revenue', 'first_revenue') }}
            as revenue_retention_rate,
        is_complete_period

    from with_first_revenue

)

select * from final
