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
        'input_ended' as rule_id,
        'warning' as severity,
        input,
        'input ' || input as object,
        'its last row is of ' || {{ day_text('ended_day') }} || ', '
        || {{ dbt.safe_cast('age_days', dbt.type_string()) }}
        || ' days before the as-of date; more than '
        || {{ dbt.safe_cast('max_age_days', dbt.type_string()) }}
        || ' are too many: KPIs made of it have no value in the periods after (after_data)' as message,
        'Load what is missing. Where nothing more is to come, allow it a greater age in okr_metrics_max_input_age_days.'
            as how_to_fix,
        cast(null as {{ dbt.type_bigint() }}) as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from coverage

    where ended_day is not null

    union all

    select
        'input_begins_later' as rule_id,
        'info' as severity,
        input,
        'input ' || input as object,
        'its data start on ' || {{ day_text('first_day') }} || ', the earliest of another input on '
        || {{ day_text('earliest_day') }}
        || ': KPIs made of it have no value before (before_data)' as message,
        'Where there was nothing before that day rather than nothing known, say since when in okr_metrics_data_starts.'
            as how_to_fix,
        cast(null as {{ dbt.type_bigint() }}) as number_of_rows,
        cast(null as numeric(38, 6)) as amount

    from coverage

    -- a week or two is how a company begins
    where first_day > {{ dbt.dateadd('day', 31, 'earliest_day') }}

)

select * from final
