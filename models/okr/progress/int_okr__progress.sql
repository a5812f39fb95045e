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
        actuals.sum_of_denominators as denominator_to_date,
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
        end as last_date

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

-- a baseline that is as good as the target leaves no way to make: the target is to be held
with_way as (

    select
        *,
        coalesce(
            metric_type in ('increase', 'decrease', 'average')
            and case
                when aims_up then baseline_value >= target_value
                else baseline_value <= target_value
            end, false
        ) as is_to_be_held,
        coalesce(
            metric_type in ('increase', 'decrease', 'average')
            and case
                when aims_up then original_baseline_value >= original_target_value
                else original_baseline_value <= original_target_value
            end, false
        ) as is_original_to_be_held,
        case
            when metric_type in ('at_least', 'at_most', 'range')
                then periods_met = periods_measured
            when aims_up then actual_value >= target_value
            else actual_value <= target_value
        end as is_reached,
        case
            when aims_up then actual_value >= original_target_value
            else actual_value <= original_target_value
        end as is_original_reached

    from measured

),

with_progress as (

    select
        *,
        -- the share of the periods inside the bounds, else of the way made
        case
            when metric_type in ('at_least', 'at_most', 'range')
                then {{ ratio('periods_met', 'periods_measured') }}
            when is_to_be_held then cast(
                case when is_reached then 1 when not is_reached then 0 end
                as numeric(38, 12)
            )
            else {{ ratio(
                'actual_value - baseline_value', 'target_value - baseline_value'
            ) }}
        end as progress_raw,
        case
            when metric_type in ('at_least', 'at_most', 'range')
                then {{ ratio('periods_met_original', 'periods_measured') }}
            when is_original_to_be_held then cast(
                case
                    when is_original_reached then 1
                    when not is_original_reached then 0
                end as numeric(38, 12)
            )
            else {{ ratio(
                'actual_value - original_baseline_value',
                'original_target_value - original_baseline_value',
            ) }}
        end as progress_vs_original,
        -- no day without a value
        case when actual_value is not null then last_date end as value_date

    from with_way

),

final as (

    select
        *,
        case when progress_raw is not null then is_reached end as is_target_met

    from with_progress

)

select * from final
