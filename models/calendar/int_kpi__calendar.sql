{{ config(enabled=has_input('calendar')) }}

with

calendar as (

    select * from {{ ref('stg_kpi__calendar') }}

    where row_status = 'accepted'

),

last_days as (

    select
        max(calendar_date) as calendar_date,
        max(year_start) as year_start

    from calendar

),

-- where the last year is whole, of 52 weeks or more, the day after it begins another
days_after as (

    select cast({{ dbt.dateadd('day', 1, 'calendar_date') }} as date) as day_after

    from last_days

    where {{ dbt.datediff('year_start', 'calendar_date', 'day') }} >= 363

),

days as (

    select
        calendar_date,
        month_start,
        quarter_start,
        year_start

    from calendar

    union all

    select
        day_after as calendar_date,
        day_after as month_start,
        day_after as quarter_start,
        day_after as year_start

    from days_after

),

numbered as (

    select
        *,
        dense_rank() over (order by month_start) as month_number,
        dense_rank() over (order by quarter_start) as quarter_number,
        dense_rank() over (order by year_start) as year_number,
        min(month_start) over (partition by year_start) as first_month_start

    from days

),

final as (

    select
        calendar_date,
        month_start,
        month_number,
        quarter_start,
        quarter_number,
        year_start,
        year_number,
        -- a year that the calendar enters in its midst has no numbers
        case
            when first_month_start = year_start
                then dense_rank() over (
                    partition by year_start
                    order by month_start
                )
        end as month_in_year,
        row_number() over (
            partition by month_start
            order by calendar_date
        ) as day_in_month

    from numbered

)

select * from final
