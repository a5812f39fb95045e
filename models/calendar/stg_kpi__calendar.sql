{{ config(enabled=has_input('calendar')) }}
{%- set midnight = literals([' 00:00:00', 'T00:00:00', 'T00:00:00Z', ' 00:00:00.000', 'T00:00:00.000Z']) %}

with

source as (

    {{ read_input('calendar') }}

),

typed as (

    select
        {{ text('date') }} as date_text,
        {{ text('month_start') }} as month_start_text,
        {{ text('quarter_start') }} as quarter_start_text,
        {{ text('year_start') }} as year_start_text,
        {{ text('month_label') }} as month_label,
        {{ text('quarter_label') }} as quarter_label,
        {{ text('year_label') }} as year_label,
        source_name,
        raw_row

    from source

),

-- a day is written as one, or as its midnight; no time zone moves it
with_days as (

    select
        *,
        case
            when
                length(date_text) = 10
                or substring(date_text, 11) in ({{ midnight }})
                then {{ try_cast('left(date_text, 10)', 'date') }}
        end as calendar_date,
        case
            when
                length(month_start_text) = 10
                or substring(month_start_text, 11) in ({{ midnight }})
                then {{ try_cast('left(month_start_text, 10)', 'date') }}
        end as month_start,
        case
            when
                length(quarter_start_text) = 10
                or substring(quarter_start_text, 11) in ({{ midnight }})
                then {{ try_cast('left(quarter_start_text, 10)', 'date') }}
        end as quarter_start,
        case
            when
                length(year_start_text) = 10
                or substring(year_start_text, 11) in ({{ midnight }})
                then {{ try_cast('left(year_start_text, 10)', 'date') }}
        end as year_start

    from typed

),

checked as (

    select
        *,
        case
            when date_text is null then {{ because('no_key', words={'column': 'date'}) }}
            when calendar_date is null
                then {{ because('not_a_day', 'date_text', {'column': 'date'}) }}
            when month_start_text is null then {{ because('no_key', words={'column': 'month_start'}) }}
            when month_start is null
                then {{ because('not_a_day', 'month_start_text', {'column': 'month_start'}) }}
            when month_start > calendar_date
                then {{ because('after_date', 'month_start_text', {'column': 'month_start'}) }}
            when quarter_start_text is null then {{ because('no_key', words={'column': 'quarter_start'}) }}
            when quarter_start is null
                then {{ because('not_a_day', 'quarter_start_text', {'column': 'quarter_start'}) }}
            when quarter_start > calendar_date
                then {{ because('after_date', 'quarter_start_text', {'column': 'quarter_start'}) }}
            when year_start_text is null then {{ because('no_key', words={'column': 'year_start'}) }}
            when year_start is null
                then {{ because('not_a_day', 'year_start_text', {'column': 'year_start'}) }}
            when year_start > calendar_date
                then {{ because('after_date', 'year_start_text', {'column': 'year_start'}) }}
            when quarter_start > month_start
                then {{ because(
                    'before_a_longer_one', 'month_start_text', {'column': 'month_start', 'longer': 'quarter_start'},
                ) }}
            when year_start > quarter_start
                then {{ because(
                    'before_a_longer_one', 'quarter_start_text', {'column': 'quarter_start', 'longer': 'year_start'},
                ) }}
        end as reject_reason

    from with_days

),

with_status as (

    {{ with_row_status(['calendar_date']) }}

),

final as (

    select
        date_text,
        calendar_date,
        month_start,
        quarter_start,
        year_start,
        month_label,
        quarter_label,
        year_label,
        row_status,
        reject_reason,
        source_name,
        rejected_row as raw_row

    from with_status

)

select * from final
