{{ config(enabled=has_input('calendar')) }}
{%- set starts = ['month_start', 'quarter_start', 'year_start'] %}

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
        {% for start in starts -%}
        {{ start }},
        lag({{ start }}) over (order by calendar_date) as {{ start }}_before,
        {% endfor -%}
        lag(calendar_date) over (order by calendar_date) as day_before

    from calendar

),

findings as (

    select
        'calendar_row' as rule_id,
        min(coalesce(date_text, 'a row without a date')) as place,
        min(reject_reason) as message,
        count(*) as number_of_rows

    from calendar_rows

    where row_status = 'rejected'

    group by {{ reason_kind('reject_reason') }}

    union all

    select
        'calendar_day_twice' as rule_id,
        {{ day_text('calendar_date') }} as place,
        'its rows differ in {{ starts | join(" or ") }}' as message,
        count(*) as number_of_rows

    from calendar_rows

    where reject_reason is null

    group by calendar_date

    having
        {% for start in starts -%}
        {{ 'or ' if not loop.first }}count(distinct {{ start }}) > 1
        {% endfor %}
    union all

    select
        'calendar_gap' as rule_id,
        {{ day_text('day_before') }} as place,
        'the next day that has a row is ' || {{ day_text('calendar_date') }}
            as message,
        {{ dbt.datediff('day_before', 'calendar_date', 'day') }} - 1
            as number_of_rows

    from in_order

    where {{ dbt.datediff('day_before', 'calendar_date', 'day') }} > 1
    {% for start in starts %}
    union all

    select
        'calendar_start' as rule_id,
        {{ day_text('calendar_date') }} as place,
        'its {{ start }} is ' || {{ day_text(start) }}
        || ', and that of the day before is '
        || {{ day_text(start ~ '_before') }}
        || ': it changes on another day than the first' as message,
        1 as number_of_rows

    from in_order

    where
        {{ start }} != {{ start }}_before
        and {{ start }} != calendar_date
    {% endfor %}
),

final as (

    select
        rule_id,
        'error' as severity,
        'calendar' as input,
        'calendar, ' || place as object,
        message,
        'Give it one row a day, without a gap, with the first days of the month, the quarter and the year that the day is in.'
            as how_to_fix,
        number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from findings

)

select * from final
