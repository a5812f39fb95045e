{{ config(enabled=okr_is_on()) }}

with

key_results as (

    select * from {{ ref('int_okr__key_results') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

targets as (

    select * from {{ ref('int_okr__targets') }}

),

last_days as (

    select
        key_result_id,
        case
            when ended_on is not null then ended_on
            when due_date < {{ as_of_date() }} then due_date
            else {{ as_of_date() }}
        end as day

    from key_results

),

days as (

    select
        key_results.key_result_id,
        periods.period_end as day

    from key_results

    inner join last_days
        on key_results.key_result_id = last_days.key_result_id

    inner join periods
        on key_results.period_grain = periods.period_grain
        and key_results.start_date <= periods.period_end
        and last_days.day > periods.period_end

    union all

    select
        key_result_id,
        day

    from last_days

),

final as (

    select
        days.key_result_id,
        days.day,
        days.day = last_days.day as is_latest,
        targets_in_force.revision,
        coalesce(
            targets_in_force.baseline_value,
            key_results.default_baseline_value
        ) as baseline_value,
        case
            when key_results.metric_type = 'milestone' then 1
            else targets_in_force.target_value
        end as target_value,
        targets_in_force.lower_bound,
        targets_in_force.upper_bound,
        coalesce(
            original_targets.baseline_value,
            key_results.default_baseline_value
        ) as original_baseline_value,
        case
            when key_results.metric_type = 'milestone' then 1
            else original_targets.target_value
        end as original_target_value,
        original_targets.lower_bound as original_lower_bound,
        original_targets.upper_bound as original_upper_bound,
        -- a mean of a KPI that is wanted neither way goes to its first target
        coalesce(
            key_results.is_upward,
            case
                when key_results.metric_type = 'average'
                    then
                        original_targets.target_value
                        > coalesce(
                            original_targets.baseline_value,
                            key_results.default_baseline_value
                        )
            end
        ) as aims_up

    from days

    inner join last_days on days.key_result_id = last_days.key_result_id

    inner join key_results on days.key_result_id = key_results.key_result_id

    -- the first target holds from the start, even if it was written down later
    left join targets as targets_in_force
        on days.key_result_id = targets_in_force.key_result_id
        and (
            days.day >= targets_in_force.valid_from
            or targets_in_force.revision = 1
        )
        and (
            days.day < targets_in_force.valid_to
            or targets_in_force.valid_to is null
        )

    left join targets as original_targets
        on days.key_result_id = original_targets.key_result_id
        and original_targets.revision = 1

)

select * from final
