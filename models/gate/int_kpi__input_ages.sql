{{ config(enabled=any_staging_is_on()) }}
{%- set max_age = setting('max_input_age_days') %}

with

rows_of_inputs as (

    {% for input, days in covered_inputs().items() if staging_is_on(input) -%}
    {% for day in days -%}
    select
        '{{ input }}' as input,
        {{ day }} as calendar_date,
        {{ 0 if day in ('ended_date', 'solved_date') else 1 }} as is_first

    from {{ ref('stg_kpi__' ~ input) }}

    where
        row_status = 'accepted'
        -- an end that is still to come says nothing yet
        and {{ day }} <= {{ as_of_date() }}

    group by 2

    union all

    {% endfor -%}
    {% endfor -%}
    select
        cast(null as {{ dbt.type_string() }}) as input,
        cast(null as date) as calendar_date,
        0 as is_first

    where 1 = 0

),

days as (

    select
        input,
        calendar_date,
        max(is_first) as is_first

    from rows_of_inputs

    group by 1, 2

),

with_gaps as (

    select
        *,
        {{ dbt.datediff(
            'lag(calendar_date) over (partition by input order by calendar_date)',
            'calendar_date', 'day',
        ) }} as gap_days

    from days

),

measured as (

    select
        input,
        min(case when is_first = 1 then calendar_date end) as first_row_day,
        max(calendar_date) as last_day,
        count(*) as days_with_rows,
        sum(gap_days) as sum_of_gaps,
        max(gap_days) as longest_gap_days

    from with_gaps

    group by 1

),

-- the user's word on where data start, and how old an input may be
settings as (

    {% for input in covered_inputs() if staging_is_on(input) -%}
    select
        '{{ input }}' as input,
        {{ data_start_of(input) }} as data_start,
        cast({{
            (max_age.get(input) if max_age is mapping else max_age) | default('null', true)
        }} as integer) as max_age_days,
        -- the age that it may have in any case
        {{ 92 if input == 'subscriptions' else 7 }} as least_age_days

    union all

    {% endfor -%}
    select
        cast(null as {{ dbt.type_string() }}) as input,
        cast(null as date) as data_start,
        cast(null as integer) as max_age_days,
        0 as least_age_days

    where 1 = 0

),

with_age as (

    select
        settings.input,
        measured.last_day,
        measured.days_with_rows,
        coalesce(settings.data_start, measured.first_row_day) as first_day,
        {{ ratio('measured.sum_of_gaps', 'measured.days_with_rows - 1') }}
            as usual_gap_days,
        {{ dbt.datediff('measured.last_day', as_of_date(), 'day') }} -- noqa: LT05
            as age_days,
        case
            when settings.max_age_days is not null then settings.max_age_days
            -- it takes so many days with rows until the gaps between them are usual ones
            when measured.days_with_rows >= 5
                then greatest(
                    settings.least_age_days,
                    measured.longest_gap_days,
                    cast(ceil(
                        3e0 * measured.sum_of_gaps / (measured.days_with_rows - 1)
                    ) as integer)
                )
        end as max_age_days

    from settings

    left join measured on settings.input = measured.input

),

final as (

    select
        input,
        first_day,
        last_day,
        days_with_rows,
        usual_gap_days,
        cast(max_age_days as integer) as max_age_days,
        case when age_days > max_age_days then last_day end as ended_day,
        -- the day on which the next row would have been due
        case when age_days > max_age_days then
            cast({{ dbt.dateadd(
                'day',
                'cast(ceil(coalesce(usual_gap_days, 1)) as integer)',
                'last_day',
            ) }} as date)
        end as missing_from_day

    from with_age

)

select * from final
