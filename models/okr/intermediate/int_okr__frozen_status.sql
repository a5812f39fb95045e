{#- grain: key result x day it is looked at; at the due date as the first build after it said, whatever came later -#}
{{ config(enabled=okr_is_on()) }}
{%- set frozen_columns = [
    'actual_value', 'value_date', 'value_age_days', 'baseline_value',
    'target_value', 'original_target_value', 'lower_bound', 'upper_bound',
    'periods_measured', 'periods_met', 'progress_raw', 'progress_vs_original',
    'expected_progress', 'pace_gap', 'status', 'status_rule', 'confidence',
    'is_target_met', 'first_met_date'
] %}

with

statuses as (

    select * from {{ ref('int_okr__status') }}

),

reports as (

    select
        *,
        row_number() over (
            partition by key_result_id, day
            order by dbt_valid_from
        ) as version_number

    from {{ history_of('int_okr__status', 'snap_okr__closed_key_results') }}

),

first_reports as (

    select * from reports

    where version_number = 1

),

final as (

    select
        statuses.key_result_id,
        statuses.day,
        statuses.is_latest,
        statuses.metric_type,
        statuses.start_date,
        statuses.due_date,
        statuses.elapsed_share,
        statuses.ended_input,
        statuses.ended_input_day,
        statuses.ended_input_max_age_days,
        {% for column in frozen_columns -%}
        case
            when first_reports.key_result_id is null
                then statuses.{{ column }}
            else first_reports.{{ column }}
        end as {{ column }},
        {% endfor -%}
        statuses.actual_value as actual_value_now,
        statuses.progress_raw as progress_now,
        coalesce(
            first_reports.reported_value
            != cast(statuses.actual_value as numeric(38, 6))
            or first_reports.reported_progress
            != cast(statuses.progress_raw as numeric(38, 6)),
            -- null on one side alone is a change too
            first_reports.key_result_id is not null
            and (first_reports.reported_value is null)
            != (statuses.actual_value is null)
        ) as is_restated

    from statuses

    left join first_reports
        on statuses.key_result_id = first_reports.key_result_id
        and statuses.day = first_reports.day

)

select * from final
