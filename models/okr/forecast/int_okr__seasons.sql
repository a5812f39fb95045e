{{ config(enabled=okr_is_on() and policy('pace') == 'seasonal') }}
{%- set dates = {
    'year_start': 'key_results.start_date',
    'after_year_due': dbt.dateadd('day', 1, 'key_results.due_date'),
    'after_year_day': dbt.dateadd('day', 1, 'days.day'),
} %}

with

key_results as (

    select * from {{ ref('int_okr__key_results') }}

    -- a level's way may be nothing, or back: a share of it means nothing
    where metric_type in ('cumulative', 'cumulative_at_most')

),

days as (

    select * from {{ ref('int_okr__days') }}

),

kpi_values as (

    select * from {{ ref('kpi__values') }}

    where is_complete_period

),

years as (

    {% for years_back in range(1, 6) -%}
    select
        key_results.*,
        days.day,
        {{ years_back }} as years_back,
        {% for column, date in dates.items() -%}
        -- weeks keep their weekday
        case
            when key_results.period_grain = 'week'
                then {{ add_periods('week', -52 * years_back, date) }}
            {% if has_input('calendar') -%}
            when key_results.period_grain != 'day'
                then {{ column }}_ago.calendar_date
            {% endif -%}
            else {{ add_periods('year', -years_back, date) }}
        end as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from key_results

    inner join days on key_results.key_result_id = days.key_result_id
    {% for column, date in dates.items() if has_input('calendar') -%}
    {{ join_calendar('cast(' ~ date ~ ' as date)', column ~ '_now') }}
    -- the day of the same number in the same month, so many years before; none where that month is shorter
    left join (select * from {{ ref('int_kpi__calendar') }}) as {{ column }}_ago
        on {{ column }}_now.year_number = {{ column }}_ago.year_number + {{ years_back }}
        and {{ column }}_now.month_in_year = {{ column }}_ago.month_in_year
        and {{ column }}_now.day_in_month = {{ column }}_ago.day_in_month
    {% endfor -%}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

reached as (

    select
        years.key_result_id,
        years.day,
        years.years_back,
        years.period_grain,
        years.start_date,
        years.due_date,
        count(kpi_values.value) as points,
        sum(kpi_values.value) as whole,
        sum(
            kpi_values.value * case
                when kpi_values.period_end < years.after_year_day then 1
                when kpi_values.period_start >= years.after_year_day then 0
                -- a period that is cut counts by its days
                else {{ ratio(
                    dbt.datediff(
                        'kpi_values.period_start', 'years.after_year_day', 'day'
                    ),
                    dbt.datediff(
                        'kpi_values.period_start', 'kpi_values.period_end',
                        'day',
                    ) ~ ' + 1',
                ) }}
            end
        ) as reached

    from years

    inner join kpi_values
        on {{ same_kpi('years', 'kpi_values') }}
        and years.year_start <= kpi_values.period_start
        and years.after_year_due > kpi_values.period_end

    group by 1, 2, 3, 4, 5, 6

),

shares as (

    select
        key_result_id,
        day,
        {{ ratio('reached', 'whole') }} as reached_share

    from reached

    {{ join_calendar_of('reached.start_date', 'reached.due_date') }}

    where points = {{ periods_ending('start_date', 'due_date') }}

),

final as (

    select
        key_result_id,
        day,
        cast(avg(reached_share) as numeric(38, 12)) as seasonal_share

    from shares

    group by 1, 2

)

select * from final
