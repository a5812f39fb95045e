{{ config(enabled=marts_are_on()) }}
{%- set with_calendar = has_input('calendar') -%}
{%- set fourth_day = 'cast(' ~ dbt.dateadd('day', 3, 'period_start') ~ ' as date)' -%}
{%- set week_number = 'cast(floor('
    ~ dbt.datediff('cast(' ~ dbt.date_trunc('year', fourth_day) ~ ' as date)', fourth_day, 'day') ~ ' / 7e0) as integer) + 1' -%}
{#- a fiscal year that doesn't start in January has the name of the year it ends in: FY2027 -#}
{%- set first_month = setting('fiscal_year_start_month') -%}
{%- set fiscal_year = 'left(' ~ as_text('period_start') ~ ', 4)' if first_month == 1
    else "'FY' || left(" ~ as_text(dbt.dateadd('month', 13 - first_month, 'period_start')) ~ ', 4)' -%}
{%- set quarter_number = 'cast(floor(((cast(extract(month from period_start) as integer) + '
    ~ (12 - first_month) ~ ') % 12) / 3e0) as integer) + 1' %}

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
        -- as text that sorts: 2026-09-13, 2026-W32, 2026-08, 2026-Q3, 2026
        coalesce(calendar_label, case period_grain
            when 'day' then {{ as_text('period_start') }}
            -- a week is of the year of its fourth day, as in ISO 8601
            when 'week' then left({{ as_text(fourth_day) }}, 4) || '-W'
                || right('0' || {{ dbt.safe_cast(week_number, dbt.type_string()) }}, 2)
            when 'month' then left({{ as_text('period_start') }}, 7)
            when 'quarter' then {{ fiscal_year }} || '-Q'
                || {{ dbt.safe_cast(quarter_number, dbt.type_string()) }}
            else {{ fiscal_year }}
        end) as period_label,
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
