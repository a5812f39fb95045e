{{ config(enabled=has_input('calendar') and dated_facts() != {}) }}

with

calendar as (

    select * from {{ ref('stg_kpi__calendar') }}

    where row_status = 'accepted'

),

running_periods as (

    select * from {{ ref('int_kpi__calendar_periods') }}

    where
        period_start <= {{ as_of_date() }}
        and next_period_start is null
        and period_grain in ('{{ setting("period_grains") | join("', '") }}')

),

first_data_days as (

    {% for fact, day in dated_facts().items() -%}
    select min({{ day }}) as first_date from {{ ref(fact) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {%- for input in setting('data_starts') if staging_is_on(input) %}
    union all
    select {{ data_start_of(input) }} as first_date
    {% endfor %}
),

bounds as (

    select
        (select min(calendar.calendar_date) from calendar) as first_day,
        (select max(calendar.calendar_date) from calendar) as last_day,
        (select min(first_data_days.first_date) from first_data_days)
            as first_data_day,
        (select count(*) from running_periods) as endless_periods

),

final as (

    select
        {{ finding(
            'calendar_too_short', say('objects', 'input', {'input': "'calendar'"}), {
                'first': day_text('first_day'), 'last': day_text('last_day'),
                'data': day_text('first_data_day'), 'as_of': day_text(as_of_date()),
            },
            cases={
                'unreadable': 'first_day is null',
                'ends_early': 'last_day < ' ~ as_of_date(),
                'begins_late': 'first_day > first_data_day',
                'ends_in_the_year': none,
            },
            topic='input_findings',
        ) }},
        'calendar' as input,
        1 as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from bounds

    where
        first_day is null
        or last_day < {{ as_of_date() }}
        or first_day > first_data_day
        or endless_periods > 0

)

select * from final
