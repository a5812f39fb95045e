{{ config(enabled=has_input('calendar')) }}

with

calendar_rows as (

    select * from {{ ref('stg_kpi__calendar') }}

),

calendar as (

    select * from calendar_rows

    where row_status = 'accepted'

),

in_order as (

    select
        calendar_date,
        lag(calendar_date) over (order by calendar_date) as day_before

    from calendar

),

starts as (

    select
        calendar_date,
        'month_start' as column_name,
        month_start as start_date,
        lag(month_start) over (order by calendar_date) as start_before

    from calendar

    union all

    select
        calendar_date,
        'quarter_start' as column_name,
        quarter_start as start_date,
        lag(quarter_start) over (order by calendar_date) as start_before

    from calendar

    union all

    select
        calendar_date,
        'year_start' as column_name,
        year_start as start_date,
        lag(year_start) over (order by calendar_date) as start_before

    from calendar

),

named_rows as (

    select
        *,
        case
            when date_text is null then {{ say('objects', 'calendar.undated') }}
            else {{ say('objects', 'calendar', {'place': 'date_text'}) }}
        end as object

    from calendar_rows

),

findings as (

    select
        {{ finding('calendar_row', 'min(object)', {'reason': 'min(reject_reason)'}, topic='input_findings') }},
        count(*) as number_of_rows

    from named_rows

    where row_status = 'rejected'

    group by {{ reason_kind('reject_reason') }}

    union all

    select
        {{ finding(
            'calendar_day_twice', say('objects', 'calendar', {'place': day_text('calendar_date')}),
            topic='input_findings',
        ) }},
        count(*) as number_of_rows

    from calendar_rows

    where reject_reason is null

    group by calendar_date

    having
        count(distinct month_start) > 1
        or count(distinct quarter_start) > 1
        or count(distinct year_start) > 1

    union all

    select
        {{ finding(
            'calendar_gap', say('objects', 'calendar', {'place': day_text('day_before')}),
            {'next': day_text('calendar_date')}, topic='input_findings',
        ) }},
        {{ dbt.datediff('day_before', 'calendar_date', 'day') }} - 1
            as number_of_rows

    from in_order

    where {{ dbt.datediff('day_before', 'calendar_date', 'day') }} > 1

    union all

    select
        {{ finding(
            'calendar_start', say('objects', 'calendar', {'place': day_text('calendar_date')}), {
                'column': 'column_name', 'start': day_text('start_date'), 'before': day_text('start_before'),
            },
            topic='input_findings',
        ) }},
        1 as number_of_rows

    from starts

    where
        start_date != start_before
        and start_date != calendar_date

),

final as (

    select
        *,
        'calendar' as input,
        cast(null as numeric(38, 6)) as amount

    from findings

)

select * from final
