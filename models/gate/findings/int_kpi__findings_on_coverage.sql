{{ config(enabled=any_staging_is_on()) }}

with

coverage as (

    select
        *,
        min(first_day) over () as earliest_day,
        {{ dbt.datediff('last_day', as_of_date(), 'day') }} -- noqa: LT05
            as age_days

    from {{ ref('int_kpi__input_coverage') }}

    where input != 'refunds'

),

final as (

    select
        {{ finding(
            'input_ended', say('objects', 'input', {'input': 'input'}),
            {'day': day_text('ended_day'), 'age': as_text('age_days'), 'most': as_text('max_age_days')},
            topic='input_findings',
        ) }},
        input,
        cast(null as {{ dbt.type_bigint() }}) as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from coverage

    where ended_day is not null

    union all

    select
        {{ finding(
            'input_begins_later', say('objects', 'input', {'input': 'input'}),
            {'first': day_text('first_day'), 'earliest': day_text('earliest_day')},
            topic='input_findings',
        ) }},
        input,
        cast(null as {{ dbt.type_bigint() }}) as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from coverage

    -- a week or two is how a company begins
    where first_day > {{ dbt.dateadd('day', rule_limit('input_begins_later', 'input_findings'), 'earliest_day') }}

)

select * from final
