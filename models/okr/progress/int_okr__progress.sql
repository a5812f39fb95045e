{{ config(enabled=okr_is_on()) }}

with

days as (

    select * from {{ ref('int_okr__days') }}

),

key_results as (

    select * from {{ ref('int_okr__key_results') }}

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

actuals as (

    select * from {{ ref('int_okr__actuals') }}

),

reported as (

    select * from {{ ref('int_okr__reported') }}

),

coverage as (

    select
        *,
        cast({{ dbt.dateadd(
            'day', 'ended_input_max_age_days', 'ended_input_day'
        ) }} as date) as last_reliable_day

    from {{ ref('int_kpi__kpi_coverage') }}

),

measured as (

    select
        days.*,
        key_results.metric_type,
        key_results.start_date,
        key_results.due_date,
        key_results.ended_on,
        key_results.end_reason,
        coalesce(actuals.periods_measured, 0) as periods_measured,
        actuals.periods_met,
        actuals.periods_met_original,
        reported.confidence,
        coverage.ended_input,
        coverage.ended_input_day,
        coverage.ended_input_max_age_days,
        case
            when key_results.metric_type = 'milestone'
                then reported.value_reported
            when
                key_results.metric_type in ('cumulative', 'cumulative_at_most')
                then actuals.sum_of_values
            when key_results.metric_type = 'average' and kpis.kind = 'ratio'
                then {{ ratio(
                    'actuals.sum_of_numerators', 'actuals.sum_of_denominators'
                ) }}
            when key_results.metric_type = 'average'
                then actuals.mean_of_values
            else actuals.last_value
        end as actual_value,
        case
            when key_results.metric_type = 'milestone'
                then reported.reported_date
            when
                key_results.metric_type in ('cumulative', 'cumulative_at_most')
                or (
                    key_results.metric_type = 'average'
                    and kpis.kind = 'ratio'
                )
                then actuals.last_sum_date
            else actuals.last_value_date
        end as value_date

    from days

    inner join key_results on days.key_result_id = key_results.key_result_id

    left join kpis on key_results.kpi_id = kpis.kpi_id

    left join actuals
        on days.key_result_id = actuals.key_result_id
        and days.day = actuals.day

    left join reported
        on days.key_result_id = reported.key_result_id
        and days.day = reported.day

    -- an input is known to have ended once it is older than it may be
    left join coverage
        on key_results.kpi_id = coverage.kpi_id
        and days.day > coverage.last_reliable_day

),

with_progress as (

    select
        *,
        -- the share of the periods inside the bounds, else of the way made
        case
            when metric_type in ('at_least', 'at_most', 'range')
                then {{ ratio('periods_met', 'periods_measured') }}
            -- a target that isn't beyond the baseline has no way to it
            when metric_type = 'increase' and target_value < baseline_value
                then null
            when metric_type = 'decrease' and target_value > baseline_value
                then null
            else {{ ratio(
                'actual_value - baseline_value', 'target_value - baseline_value'
            ) }}
        end as progress_raw,
        case
            when metric_type in ('at_least', 'at_most', 'range')
                then {{ ratio('periods_met_original', 'periods_measured') }}
            when
                metric_type = 'increase'
                and original_target_value < original_baseline_value
                then null
            when
                metric_type = 'decrease'
                and original_target_value > original_baseline_value
                then null
            else {{ ratio(
                'actual_value - original_baseline_value',
                'original_target_value - original_baseline_value',
            ) }}
        end as progress_vs_original

    from measured

),

final as (

    select
        *,
        case
            when metric_type in ('at_least', 'at_most', 'range')
                then progress_raw = 1
            when progress_raw is null then null
            when metric_type = 'cumulative_at_most'
                then actual_value <= target_value
            when target_value > baseline_value
                then actual_value >= target_value
            else actual_value <= target_value
        end as is_target_met

    from with_progress

)

select * from final
