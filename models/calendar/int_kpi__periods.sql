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
spans as (

    select * from {{ ref('int_kpi__data_spans') }}

),

first_span as (select min(first_day) as first_day from spans),

days_with_data as (

    select
        days.calendar_date,
        case when spans.first_day is null then 0 else 1 end as is_shown

    from days

    inner join first_span on days.calendar_date >= first_span.first_day

    left join spans
        on days.calendar_date >= spans.first_day
        and days.calendar_date <= spans.last_day

),

periods as (

    {% for grain in setting('period_grains') -%}
    select
        '{{ grain }}' as period_grain,
        {{ period_start(grain, 'days_with_data.calendar_date') }} as period_start,
        max(days_with_data.is_shown) as is_shown

    from days_with_data
    {{ join_calendar('days_with_data.calendar_date') }}
    group by 1, 2
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

with_neighbours as (

    select
        periods.period_grain,
        periods.period_start,
        periods.is_shown,
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

numbered as (

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
        ) as period_number,
        is_shown

    from with_neighbours

),

-- numbers count those left out too: one back is the calendar's
final as (

    select *

    from numbered

    where is_shown = 1

)

select * from final
