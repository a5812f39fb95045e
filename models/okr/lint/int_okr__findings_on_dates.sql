{{ config(enabled=okr_is_on()) }}

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
        {{ say('objects', 'key_result', {'id': 'staged_key_results.key_result_id'}) }} as object,
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
        key_results.*,
        {% if has_input('calendar') -%}
        key_results.period_grain in ('month', 'quarter', 'year')
        and (first_day.calendar_date is null or day_after.calendar_date is null) as is_beyond_calendar,
        {%- else -%}
        false as is_beyond_calendar,
        {%- endif %}
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
        {{ finding(
            'cycle_dates', say('objects', 'cycle', {'id': 'cycle_id'}),
            {'start': day_text('start_date'), 'end': day_text('end_date')},
            cases={
                'crossed': 'end_date < start_date',
                'missing': 'start_date is null or end_date is null',
                'out_of_range': none,
            },
        ) }}

    from cycles

    where
        coalesce(end_date < start_date, true)
        or start_date < cast('1970-01-01' as date)
        or end_date > {{ last_day_read() }}

    union all

    select
        {{ finding(
            'key_result_dates', 'object', {
                'start': day_text('first_day'), 'due': day_text('last_day'),
                'first': day_text('cycle_start_date'), 'last': day_text('cycle_end_date'),
            },
            cases={'unreadable': 'is_date_unreadable', 'crossed': 'last_day < first_day', 'outside_cycle': none},
        ) }}

    from key_results

    where
        is_date_unreadable
        or last_day < first_day
        or first_day < cycle_start_date
        or last_day > cycle_end_date

    union all

    select
        {{ finding(
            'dates_inside_a_period', 'object', {'type': 'metric_type', 'grain': word('period_grain', 'period_grain')},
        ) }}

    from bounds

    where
        metric_type in ('cumulative', 'cumulative_at_most', 'average')
        and not (is_start_on_bound and is_end_on_bound)

    union all

    select
        {{ finding(
            'dates_beyond_calendar', 'object', {'start': day_text('first_day'), 'due': day_text('last_day')},
        ) }}

    from bounds

    where
        is_beyond_calendar
        and first_day <= last_day

)

select * from final
