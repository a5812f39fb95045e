{{ config(enabled=marts_are_on()) }}

with

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

days as (

    select * from {{ ref('int_kpi__days') }}

),

final as (

    select
        periods.period_grain,
        periods.period_start,
        periods.period_number,
        periods.period_label,
        days.calendar_date

    from periods

    inner join days
        on periods.period_start <= days.calendar_date
        and periods.period_end >= days.calendar_date

)

select * from final
