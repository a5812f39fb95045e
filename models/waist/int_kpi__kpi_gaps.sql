{{ config(enabled=marts_are_on()) }}

with

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

coverage as (

    select * from {{ ref('int_kpi__kpi_coverage') }}

),

joined as (

    select
        coverage.kpi_id,
        periods.period_grain,
        periods.period_start,
        -- why it isn't known in the period, or in the earlier one that it looks back at
        case
            when periods.period_end < coverage.first_day then 'before_data'
            when periods.period_start > coverage.ended_day then 'after_data'
            when
                coverage.periods_back = -1
                and periods.year_ago_period_start < coverage.earlier_first_day
                then 'before_data'
            when
                coverage.periods_back > 0
                and coalesce(earlier_periods.period_start < coverage.earlier_first_day, true)
                then 'before_data'
            when
                coverage.periods_back > 0
                and earlier_periods.period_end >= coverage.earlier_missing_from_day
                then 'after_data'
        end as gap_reason,
        coalesce(
            periods.period_start < coverage.first_day
            or periods.period_end >= coverage.missing_from_day,
            false
        ) as is_partly_known

    from periods

    cross join coverage

    -- that a KPI looks back at, as magic_number at the last quarter's spend
    left join periods as earlier_periods
        on periods.period_grain = earlier_periods.period_grain
        and periods.period_number - coverage.periods_back
        = earlier_periods.period_number

),

final as (

    select
        kpi_id,
        period_grain,
        period_start,
        gap_reason,
        gap_reason is null as is_partly_known

    from joined

    where
        gap_reason is not null
        or is_partly_known

)

select * from final
