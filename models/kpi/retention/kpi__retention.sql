{{ config(enabled=revenue_is_on()) }}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

    where {{ is_total_or(dimensions_of('customers')) }}

),

customer_counts as (

    select * from {{ ref('int_kpi__customer_counts') }}

),

lapses as (

    select * from {{ optional_model(
        'int_kpi__lapses', has_input('orders', 'order_lines'),
        measures=[
            'opening_active_customers', 'lapsed_customers', 'lapsed_opening_customers',
        ],
    ) }}

),

months as (

    select * from {{ ref('int_kpi__periods') }}

    where period_grain = 'month'

),

cohorts as (

    select * from {{ ref('kpi__retention_cohorts') }}

),

-- cohort retention is reported by month, where it matures
matured_cohorts as (

    select
        matured.period_start as matured_period,
        cohorts.dimension,
        cohorts.dimension_value,
        sum(case when cohorts.periods_since = 1 then cohorts.cohort_size end)
            as cohort_size_month_1,
        sum(case when cohorts.periods_since = 1 then cohorts.retained_customers end)
            as retained_month_1,
        sum(case when cohorts.periods_since = 3 then cohorts.cohort_size end)
            as cohort_size_month_3,
        sum(case when cohorts.periods_since = 3 then cohorts.retained_customers end)
            as retained_month_3,
        sum(case when cohorts.periods_since = 6 then cohorts.cohort_size end)
            as cohort_size_month_6,
        sum(case when cohorts.periods_since = 6 then cohorts.retained_customers end)
            as retained_month_6,
        sum(case when cohorts.periods_since = 12 then cohorts.cohort_size end)
            as cohort_size_month_12,
        sum(case when cohorts.periods_since = 12 then cohorts.retained_customers end)
            as retained_month_12

    from cohorts

    inner join months on cohorts.cohort_period = months.period_start

    inner join months as matured -- noqa: AL07
        on months.period_number + cohorts.periods_since = matured.period_number

    where
        cohorts.period_grain = 'month'
        and cohorts.is_complete_period
        and cohorts.periods_since in (1, 3, 6, 12)
        and cohorts.retained_customers is not null

    group by 1, 2, 3

),

-- what isn't known isn't nought; a running month has no cohort to report yet
frame as (

    select
        *,
        {{ known('0', ['orders']) }} as zero_orders,
        {{ known('0', ['orders']) if has_input('orders', 'order_lines')
            else 'cast(null as integer)' }} as zero_lapses,
        case
            when
                period_segments.period_grain = 'month'
                and period_segments.is_complete_period
                then {{ known('0', ['orders', 'subscriptions']) }}
        end as zero_cohort

    from period_segments

),

joined as (

    select
        frame.*,
        coalesce(customer_counts.ordering_customers, frame.zero_orders)
            as ordering_customers,
        coalesce(customer_counts.repeat_customers, frame.zero_orders)
            as repeat_customers,
        coalesce(lapses.opening_active_customers, frame.zero_lapses)
            as opening_active_customers,
        coalesce(lapses.lapsed_customers, frame.zero_lapses)
            as lapsed_customers,
        coalesce(lapses.lapsed_opening_customers, frame.zero_lapses)
            as lapsed_opening_customers,
        coalesce(matured_cohorts.cohort_size_month_1, frame.zero_cohort)
            as cohort_size_month_1,
        coalesce(matured_cohorts.retained_month_1, frame.zero_cohort)
            as retained_month_1,
        coalesce(matured_cohorts.cohort_size_month_3, frame.zero_cohort)
            as cohort_size_month_3,
        coalesce(matured_cohorts.retained_month_3, frame.zero_cohort)
            as retained_month_3,
        coalesce(matured_cohorts.cohort_size_month_6, frame.zero_cohort)
            as cohort_size_month_6,
        coalesce(matured_cohorts.retained_month_6, frame.zero_cohort)
            as retained_month_6,
        coalesce(matured_cohorts.cohort_size_month_12, frame.zero_cohort)
            as cohort_size_month_12,
        coalesce(matured_cohorts.retained_month_12, frame.zero_cohort)
            as retained_month_12

    from frame

    left join customer_counts
        on {{ same_period_segment('frame', 'customer_counts') }}
        and frame.zero_orders = 0

    left join lapses
        on {{ same_period_segment('frame', 'lapses') }}
        and frame.zero_lapses = 0

    left join matured_cohorts
        on frame.period_start = matured_cohorts.matured_period
        and frame.dimension = matured_cohorts.dimension
        and frame.dimension_value = matured_cohorts.dimension_value
        and frame.zero_cohort = 0

),

final as (

    select
        period_grain,
        period_start,
        period_end,
        period_label,
        is_complete_period,
        dimension,
        dimension_value,
        cast(ordering_customers as bigint) as ordering_customers,
        cast(repeat_customers as bigint) as repeat_customers,
        {{ ratio('repeat_customers', 'ordering_customers') }}
            as repeat_purchase_rate,
        cast(opening_active_customers as bigint) as opening_active_customers,
        cast(lapsed_customers as bigint) as lapsed_customers,
        cast(lapsed_opening_customers as bigint) as lapsed_opening_customers,
        {{ ratio('lapsed_opening_customers', 'opening_active_customers') }}
            as lapsed_customer_rate,
        cast(cohort_size_month_1 as bigint) as cohort_size_month_1,
        cast(retained_month_1 as bigint) as retained_month_1,
        {{ ratio('retained_month_1', 'cohort_size_month_1') }}
            as retention_month_1,
        cast(cohort_size_month_3 as bigint) as cohort_size_month_3,
        cast(retained_month_3 as bigint) as retained_month_3,
        {{ ratio('retained_month_3', 'cohort_size_month_3') }}
            as retention_month_3,
        cast(cohort_size_month_6 as bigint) as cohort_size_month_6,
        cast(retained_month_6 as bigint) as retained_month_6,
        {{ ratio('retained_month_6', 'cohort_size_month_6') }}
            as retention_month_6,
        cast(cohort_size_month_12 as bigint) as cohort_size_month_12,
        cast(retained_month_12 as bigint) as retained_month_12,
        {{ ratio('retained_month_12', 'cohort_size_month_12') }}
            as retention_month_12

    from joined

)

select * from final
