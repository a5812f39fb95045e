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
        'calendar_too_short' as rule_id,
        'error' as severity,
        'calendar' as input,
        'input calendar' as object,
        case
            when first_day is null then 'it has no row that can be read'
            when last_day < {{ as_of_date() }}
                then
                    'it ends on ' || {{ day_text('last_day') }}
                    || ', before the as-of date ' || {{ day_text(as_of_date()) }}
            when first_day > first_data_day
                then
                    'it begins on ' || {{ day_text('first_day') }}
                    || ', and the data on ' || {{ day_text('first_data_day') }}
            else
                'it ends on ' || {{ day_text('last_day') }}
                || ', before the year that runs on the as-of date has ended'
        end as message,
        'Give it every day from the first row of data to the end of the year that runs on the as-of date.'
            as how_to_fix,
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
