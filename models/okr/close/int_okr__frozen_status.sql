{{ config(enabled=okr_is_on()) }}
{%- set columns = [
    'actual_value', 'value_date', 'value_age_days', 'baseline_value',
    'target_value', 'original_target_value', 'lower_bound', 'upper_bound',
    'periods_measured', 'periods_met', 'progress_raw', 'progress_vs_original',
    'expected_progress', 'pace_gap', 'status', 'status_rule', 'confidence',
    'is_target_met', 'first_met_date'
] %}
{%- set dates = [
    'metric_type', 'start_date', 'due_date', 'ended_on', 'end_reason',
    'elapsed_share', 'ended_input', 'ended_input_day',
    'ended_input_max_age_days'
] %}

with

statuses as (

    select * from {{ ref('int_okr__status') }}

),

frozen as (

    select * from {{ ref('int_okr__frozen_key_results') }}

),

reports as (

    select
        *,
        row_number() over (
            partition by key_result_id, day
            order by dbt_valid_from
        ) as version_number

    from {{ history_of('int_okr__closed_now', 'snap_okr__closed_key_results') }}

),

-- what was ended early stays as it was on that day, though it isn't due yet
first_reports as (

    select * from reports

    where version_number = 1

),

rows_of_now as (

    select
        statuses.key_result_id,
        statuses.day,
        statuses.is_latest,
        {% for column in dates -%}
        statuses.{{ column }},
        {% endfor -%}
        {% for column in columns -%}
        case
            when first_reports.key_result_id is null
                then statuses.{{ column }}
            else first_reports.{{ column }}
        end as {{ column }},
        {% endfor -%}
        statuses.is_to_be_held,
        statuses.is_inside_noise,
        statuses.probability_met,
        statuses.actual_value as actual_value_now,
        statuses.progress_raw as progress_now,
        first_reports.key_result_id is not null as is_frozen,
        first_reports.reported_value,
        first_reports.reported_progress

    from statuses

    left join first_reports
        on statuses.key_result_id = first_reports.key_result_id
        and statuses.day = first_reports.day

    left join frozen on statuses.key_result_id = frozen.key_result_id

    where
        frozen.key_result_id is null
        or (statuses.day < frozen.day and frozen.is_measured_as_now)

),

rows_of_history as (

    select
        frozen.key_result_id,
        frozen.day,
        true as is_latest,
        {% for column in dates + columns -%}
        frozen.{{ column }},
        {% endfor -%}
        coalesce(statuses.is_to_be_held, false) as is_to_be_held,
        coalesce(statuses.is_inside_noise, false) as is_inside_noise,
        cast(null as numeric(38, 12)) as probability_met,
        statuses.actual_value as actual_value_now,
        statuses.progress_raw as progress_now,
        -- of another KPI or target the value now says nothing
        statuses.key_result_id is not null as is_frozen,
        frozen.reported_value,
        frozen.reported_progress

    from frozen

    left join statuses
        on frozen.key_result_id = statuses.key_result_id
        and frozen.day = statuses.day
        and frozen.is_measured_as_now

),

all_rows as (

    select * from rows_of_now

    union all

    select * from rows_of_history

),

final as (

    select
        *,
        coalesce(
            is_frozen and (
                reported_value != cast(actual_value_now as numeric(38, 6))
                or reported_progress != cast(progress_now as numeric(38, 6))
            ),
            -- null on one side alone is a change too
            is_frozen and (reported_value is null) != (actual_value_now is null)
        ) as is_restated

    from all_rows

)

select * from final
