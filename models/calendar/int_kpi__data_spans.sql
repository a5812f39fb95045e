{{ config(enabled=marts_are_on()) }}
{%- set last_days = {
    'fct_kpi__subscription_versions':
        'case when mrr != 0 or is_held then coalesce(ended_date, ' ~ as_of_date() ~ ') end',
    'fct_kpi__support_tickets': 'solved_date',
} %}

with

-- what has one day has it twice
rows_of_facts as (

    {% for fact, day in dated_facts().items() -%}
    select distinct
        {{ day }} as first_day,
        coalesce({{ last_days.get(fact, day) }}, {{ day }}) as last_day

    from {{ ref(fact) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {#- marts of the user's alone: the calendar begins with their first period -#}
    {%- for mart in setting('custom_kpis') if dated_facts() == {} %}
    select distinct
        cast(period_start as date) as first_day,
        cast(period_start as date) as last_day

    from {{ mart_relation(mart) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {%- for input in setting('data_starts') if staging_is_on(input) %}
    union all

    select
        {{ data_start_of(input) }} as first_day,
        {{ data_start_of(input) }} as last_day
    {% endfor %}
),

with_last_day_before as (

    select
        *,
        max(last_day) over (
            order by first_day, last_day
            rows between unbounded preceding and 1 preceding
        ) as last_day_before

    from rows_of_facts

    where first_day <= {{ as_of_date() }}

),

numbered as (

    select
        *,
        sum(
            case
                when
                    first_day > cast({{ dbt.dateadd(
                        'year', 2, 'last_day_before'
                    ) }} as date) then 1
                else 0
            end
        ) over (
            order by first_day, last_day
            rows between unbounded preceding and current row
        ) as span_number

    from with_last_day_before

),

spans as (

    select
        span_number,
        min(first_day) as first_day,
        max(last_day) as last_day

    from numbered

    group by 1

),

final as (

    select
        first_day,
        cast(case
            when lead(first_day) over (order by first_day) is null
                then {{ as_of_date() }}
            else {{ dbt.dateadd('year', 2, 'last_day') }}
        end as date) as last_day

    from spans

)

select * from final
