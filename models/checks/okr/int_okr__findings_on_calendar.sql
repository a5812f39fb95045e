{#- grain: key result whose dates reach beyond the mapped calendar, so that its periods can't be counted -#}
{{ config(enabled=okr_is_on() and has_input('calendar')) }}

with

key_results as (

    select
        key_results.key_result_id,
        coalesce(key_results.start_date, cycles.start_date) as start_date,
        coalesce(key_results.due_date, cycles.end_date) as due_date

    from {{ ref('stg_okr__key_results') }} as key_results -- noqa: AL07

    inner join {{ ref('stg_okr__objectives') }} as objectives -- noqa: AL07
        on key_results.objective_id = objectives.objective_id

    inner join {{ ref('stg_okr__cycles') }} as cycles -- noqa: AL07
        on objectives.cycle_id = cycles.cycle_id

    where key_results.period_grain in ('month', 'quarter', 'year')

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
