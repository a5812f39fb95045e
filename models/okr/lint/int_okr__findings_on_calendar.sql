{#- grain: key result whose dates reach beyond the mapped calendar, so that its periods can't be counted -#}
{{ config(enabled=okr_is_on() and has_input('calendar')) }}

with

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

staged_key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

key_results as (

    select
        staged_key_results.key_result_id,
        coalesce(staged_key_results.start_date, cycles.start_date) as start_date,
        coalesce(staged_key_results.due_date, cycles.end_date) as due_date

    from staged_key_results

    inner join objectives
        on staged_key_results.objective_id = objectives.objective_id

    inner join cycles on objectives.cycle_id = cycles.cycle_id

    where staged_key_results.period_grain in ('month', 'quarter', 'year')

),

final as (

    select
        'dates_beyond_calendar' as rule_id,
        'key result ' || key_results.key_result_id as object,
        'its dates, ' || {{ day_text('key_results.start_date') }} || ' to '
        || {{ day_text('key_results.due_date') }}
        || ', reach beyond the days of the input calendar' as message,
        'Give the calendar every day of these years, to the end of the last one.'
            as how_to_mend

    from key_results
    {{ join_calendar_of('key_results.start_date', 'key_results.due_date') }}

    where
        key_results.start_date <= key_results.due_date
        and (
            first_day.calendar_date is null
            or day_after.calendar_date is null
        )

)

select * from final
