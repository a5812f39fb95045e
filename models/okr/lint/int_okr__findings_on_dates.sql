{#- grain: date of an OKR input that is unreadable or out of place -#}
{{ config(enabled=okr_is_on()) }}
{%- set quote = dbt.escape_single_quotes("'") -%}

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
        staged_key_results.*,
        cycles.start_date as cycle_start_date,
        cycles.end_date as cycle_end_date,
        coalesce(staged_key_results.start_date, cycles.start_date) as first_day,
        coalesce(staged_key_results.due_date, cycles.end_date) as last_day

    from staged_key_results

    inner join objectives
        on staged_key_results.objective_id = objectives.objective_id

    inner join cycles on objectives.cycle_id = cycles.cycle_id

),

bounds as (

    select
        key_results.key_result_id,
        key_results.metric_type,
        key_results.period_grain,
        case key_results.period_grain
            {%- for grain in setting('period_grains') %}
            when '{{ grain }}' then {{ period_start(
                grain, 'key_results.first_day', 'first_day'
            ) }}
            {%- endfor %}
        end = key_results.first_day as is_start_on_bound,
        case key_results.period_grain
            {%- for grain in setting('period_grains') %}
            when '{{ grain }}' then {{ period_start(
                grain, dbt.dateadd('day', 1, 'key_results.last_day'), 'day_after'
            ) }}
            {%- endfor %}
        end = cast({{ dbt.dateadd('day', 1, 'key_results.last_day') }} as date)
            as is_end_on_bound

    from key_results
    {{ join_calendar_of('key_results.first_day', 'key_results.last_day') }}

),

final as (

    select
        'cycle_dates' as rule_id,
        'cycle ' || cycle_id as object,
        case
            when end_date < start_date
                then
                    'end_date ' || {{ day_text('end_date') }}
                    || ' is before start_date ' || {{ day_text('start_date') }}
            when start_date is null or end_date is null
                then 'start_date or end_date is missing or not a date'
            else 'it has days before 1970, or more than a hundred years after the as-of date'
        end as message,
        'Write both as 2026-07-01, the earlier one first.' as how_to_mend

    from cycles

    where
        coalesce(end_date < start_date, true)
        or start_date < cast('1970-01-01' as date)
        or end_date > {{ last_day_read() }}

    union all

    select
        'key_result_dates' as rule_id,
        'key result ' || key_result_id as object,
        case
            when is_date_unreadable then 'start_date or due_date is not a date'
            when last_day < first_day
                then
                    'due_date ' || {{ day_text('last_day') }}
                    || ' is before start_date ' || {{ day_text('first_day') }}
            else
                'its dates, ' || {{ day_text('first_day') }} || ' to '
                || {{ day_text('last_day') }}
                || ', are outside its objective{{ quote }}s cycle, '
                || {{ day_text('cycle_start_date') }} || ' to '
                || {{ day_text('cycle_end_date') }}
        end as message,
        'Leave the dates empty to take the cycle{{ quote }}s, or write days inside it.'
            as how_to_mend

    from key_results

    where
        is_date_unreadable
        or last_day < first_day
        or first_day < cycle_start_date
        or last_day > cycle_end_date

    union all

    select
        'dates_inside_a_period' as rule_id,
        'key result ' || key_result_id as object,
        'metric_type ' || metric_type || ' adds up whole periods, and a '
        || period_grain || ' is cut by its start or due date' as message,
        'Start and end on the bounds of a ' || period_grain
        || ', or choose a shorter period_grain.' as how_to_mend

    from bounds

    where
        metric_type in ('cumulative', 'cumulative_at_most', 'average')
        and not (is_start_on_bound and is_end_on_bound)

)

select * from final
