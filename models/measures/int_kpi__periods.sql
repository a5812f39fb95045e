{#- grain: period grain x period, from the first day with data to the as-of date -#}
{{ config(enabled=marts_are_on()) }}
{%- set with_calendar = has_input('calendar') %}

-- depends_on: {{ ref('int_kpi__gate') }}
with

days as (

    select * from {{ ref('int_kpi__days') }}

),

{% if with_calendar -%}
calendar_periods as (

    select * from {{ ref('int_kpi__calendar_periods') }}

),

{% endif -%}
first_days as (

    {% for fact, day in dated_facts().items() -%}
    select min({{ day }}) as first_date from {{ ref(fact) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {%- for input in setting('data_starts') if staging_is_on(input) %}
    union all
    select {{ data_start_of(input) }} as first_date
    {% endfor %}
),

first_day as (

    select min(first_date) as first_date from first_days

),

days_with_data as (

    select days.calendar_date

    from days

    inner join first_day on days.calendar_date >= first_day.first_date

),

periods as (

    {% for grain in setting('period_grains') -%}
    select distinct
        '{{ grain }}' as period_grain,
        {{ period_start(grain, 'days_with_data.calendar_date') }}
            as period_start

    from days_with_data
    {{ join_calendar('days_with_data.calendar_date') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

with_neighbours as (

    select
        periods.period_grain,
        periods.period_start,
        {% for column, number in {
            'next_period_start': 1, 'previous_period_start': -1
        }.items() -%}
        case periods.period_grain
            {%- for grain in setting('period_grains') %}
            when '{{ grain }}'
                then {{ 'calendar_periods.' ~ column if is_of_calendar(grain)
                    else add_periods(grain, number, 'periods.period_start') }}
            {%- endfor %}
        end as {{ column }},
        {% endfor -%}
        -- a week's year before is 52 weeks before, every other's the calendar's
        case
            when periods.period_grain = 'week'
                then {{ add_periods('week', -52, 'periods.period_start') }}
            {% if with_calendar -%}
            when periods.period_grain != 'day'
                then calendar_periods.year_ago_period_start
            {% endif -%}
            else {{ add_periods('year', -1, 'periods.period_start') }}
        end as year_ago_period_start,
        {{ 'calendar_periods.period_label' if with_calendar
            else 'cast(null as ' ~ dbt.type_string() ~ ')' }} as calendar_label

    from periods
    {% if with_calendar %}
    left join calendar_periods
        on periods.period_grain = calendar_periods.period_grain
        and periods.period_start = calendar_periods.period_start
    {% endif %}

),

final as (

    select
        period_grain,
        period_start,
        cast({{ dbt.dateadd('day', -1, 'next_period_start') }} as date)
            as period_end,
        previous_period_start,
        year_ago_period_start,
        coalesce(
            calendar_label, {{ period_label('period_grain', 'period_start') }}
        ) as period_label,
        next_period_start <= cast({{ dbt.dateadd(
            'day', 1, as_of_date()
        ) }} as date) as is_complete_period,
        -- 12e0 is a float on Spark, where 12.0 / 365 has six decimals
        case period_grain
            when 'day' then 12e0 / 365
            when 'week' then 12e0 / 52
            when 'month' then 1
            when 'quarter' then 3
            when 'year' then 12
        end as months_in_period,
        row_number() over (
            partition by period_grain
            order by period_start
        ) as period_number

    from with_neighbours

)

select * from final
