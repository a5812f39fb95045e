{{ config(enabled=has_input('calendar')) }}
{%- set number = dbt.safe_cast('named.period_number', dbt.type_string()) %}

with

calendar as (

    select * from {{ ref('stg_kpi__calendar') }}

    where row_status = 'accepted'

),

-- it knows the first day after the last whole period
days as (

    select * from {{ ref('int_kpi__calendar') }}

),

labels as (

    select
        'month' as period_grain,
        month_start as period_start,
        max(month_label) as given_label

    from calendar

    group by 1, 2

    union all

    select
        'quarter' as period_grain,
        quarter_start as period_start,
        max(quarter_label) as given_label

    from calendar

    group by 1, 2

    union all

    select
        'year' as period_grain,
        year_start as period_start,
        max(year_label) as given_label

    from calendar

    group by 1, 2

),

periods as (

    select
        'month' as period_grain,
        month_start as period_start,
        max(year_start) as year_start,
        max(year_number) as year_number

    from days

    group by 1, 2

    union all

    select
        'quarter' as period_grain,
        quarter_start as period_start,
        max(year_start) as year_start,
        max(year_number) as year_number

    from days

    group by 1, 2

    union all

    select
        'year' as period_grain,
        year_start as period_start,
        max(year_start) as year_start,
        max(year_number) as year_number

    from days

    group by 1, 2

),

numbered as (

    select
        *,
        lead(period_start) over (
            partition by period_grain
            order by period_start
        ) as next_period_start,
        lag(period_start) over (
            partition by period_grain
            order by period_start
        ) as previous_period_start,
        row_number() over (
            partition by period_grain, year_start
            order by period_start
        ) as number_in_year,
        min(period_start) over (partition by period_grain, year_start)
            as first_period_start

    from periods

),

-- a year that the calendar enters in its midst has no numbers
named as (

    select
        numbered.*,
        labels.given_label,
        case
            when numbered.first_period_start = numbered.year_start
                then numbered.number_in_year
        end as period_number,
        -- the year that it ends in; one that ends before February 9 has the name of the one before, as retailers count
        'FY' || left({{ as_text(
            dbt.dateadd('day', 324, 'numbered.year_start')
        ) }}, 4) as year_text

    from numbered

    left join labels
        on numbered.period_grain = labels.period_grain
        and numbered.period_start = labels.period_start

),

final as (

    select
        named.period_grain,
        named.period_start,
        named.next_period_start,
        named.previous_period_start,
        years_ago.period_start as year_ago_period_start,
        coalesce(
            named.given_label,
            case
                when named.period_grain = 'year' then named.year_text
                when named.period_grain = 'quarter'
                    then named.year_text || '-Q' || {{ number }}
                else named.year_text || '-P' || right('0' || {{ number }}, 2)
            end,
            {{ as_text('named.period_start') }}
        ) as period_label

    from named

    left join named as years_ago
        on named.period_grain = years_ago.period_grain
        and named.period_number = years_ago.period_number
        and named.year_number = years_ago.year_number + 1

)

select * from final
