{{ config(enabled=has_input('calendar')) }}
{%- set starts = ['month_start', 'quarter_start', 'year_start'] %}

with

source as (

    {{ read_input('calendar') }}

),

typed as (

    select
        {% for column in ['date'] + starts -%}
        {{ text(column) }} as {{ column }}_text,
        {% endfor -%}
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
        {% for column in ['date'] + starts -%}
        case
            when
                length({{ column }}_text) = 10
                or substring({{ column }}_text, 11) in (
                    ' 00:00:00', 'T00:00:00', 'T00:00:00Z', ' 00:00:00.000',
                    'T00:00:00.000Z'
                )
                then {{ try_cast('left(' ~ column ~ '_text, 10)', 'date') }}
        end as {{ column if column in starts else 'calendar_date' }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from typed

),

checked as (

    select
        *,
        case
            when date_text is null then {{ because('no_key', words={'column': 'date'}) }}
            when calendar_date is null
                then {{ because('not_a_day', 'date_text', {'column': 'date'}) }}
            {% for start in starts -%}
            when {{ start }}_text is null then {{ because('no_key', words={'column': start}) }}
            when {{ start }} is null
                then {{ because('not_a_day', start ~ '_text', {'column': start}) }}
            when {{ start }} > calendar_date
                then {{ because('after_date', start ~ '_text', {'column': start}) }}
            {% endfor -%}
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
        {{ starts | join(', ') }},
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
