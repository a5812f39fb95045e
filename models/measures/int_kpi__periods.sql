{#- grain: period grain x period, from the first day with data to the as-of date -#}
{{ config(enabled=marts_are_on()) }}
{%- set dated_facts = [] -%}
{%- for input, fact in {
    'order_lines': ('fct_kpi__order_lines', 'ordered_date'),
    'refunds': ('fct_kpi__refunds', 'refunded_date'),
    'subscriptions': ('fct_kpi__subscription_versions', 'started_date'),
    'marketing_spend': ('fct_kpi__marketing_spend', 'spend_date'),
    'operating_expenses': ('fct_kpi__operating_expenses', 'expense_date'),
    'product_events': ('fct_kpi__user_days', 'active_date'),
    'survey_responses': ('fct_kpi__survey_responses', 'responded_date'),
    'support_tickets': ('fct_kpi__support_tickets', 'opened_date'),
}.items() if staging_is_on(input) -%}
    {%- do dated_facts.append(fact) -%}
{%- endfor %}
-- depends_on: {{ ref('int_kpi__gate') }}
with

days as (

    select * from {{ ref('int_kpi__days') }}

),

first_days as (

    {% for fact, day in dated_facts -%}
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
        {{ period_start(grain, 'calendar_date') }} as period_start

    from days_with_data
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

with_neighbours as (

    select
        period_grain,
        period_start,
        {% for column, number in {
            'next_period_start': 1, 'previous_period_start': -1
        }.items() -%}
        case period_grain
            {%- for grain in setting('period_grains') %}
            when '{{ grain }}'
                then {{ add_periods(grain, number, 'period_start') }}
            {%- endfor %}
        end as {{ column }},
        {% endfor -%}
        -- a week's year before is 52 weeks before, every other's the calendar's
        case
            when period_grain = 'week'
                then {{ add_periods('week', -52, 'period_start') }}
            else {{ add_periods('year', -1, 'period_start') }}
        end as year_ago_period_start

    from periods

),

final as (

    select
        period_grain,
        period_start,
        cast({{ dbt.dateadd('day', -1, 'next_period_start') }} as date)
            as period_end,
        previous_period_start,
        year_ago_period_start,
        {{ period_label('period_grain', 'period_start') }} as period_label,
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
