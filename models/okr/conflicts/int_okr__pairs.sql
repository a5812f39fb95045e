{{ config(enabled=okr_is_on()) }}

with

goals as (

    select * from {{ ref('int_okr__goals') }}

),

final as (

    select
        goals.key_result_id,
        other_goals.key_result_id as other_key_result_id,
        goals.kpi_id,
        other_goals.kpi_id as other_kpi_id,
        goals.kind,
        other_goals.kind as other_kind,
        goals.dimension,
        other_goals.dimension as other_dimension,
        goals.dimension_value,
        other_goals.dimension_value as other_dimension_value,
        goals.period_grain,
        other_goals.period_grain as other_period_grain,
        goals.metric_type,
        other_goals.metric_type as other_metric_type,
        goals.start_date,
        other_goals.start_date as other_start_date,
        goals.due_date,
        other_goals.due_date as other_due_date,
        goals.target_value,
        other_goals.target_value as other_target_value,
        goals.lower_bound,
        other_goals.lower_bound as other_lower_bound,
        goals.upper_bound,
        other_goals.upper_bound as other_upper_bound,
        goals.direction,
        other_goals.direction as other_direction,
        goals.aimed_value,
        other_goals.aimed_value as other_aimed_value,
        goals.goal,
        other_goals.goal as other_goal,
        {{ segments_overlap('goals', 'other_goals') }} as is_overlap_of_segments,
        case
            when goals.start_date > other_goals.start_date then goals.start_date
            else other_goals.start_date
        end as overlap_start,
        case
            when goals.due_date < other_goals.due_date then goals.due_date
            else other_goals.due_date
        end as overlap_end

    from goals

    inner join goals as other_goals
        on goals.key_result_id < other_goals.key_result_id
        and goals.start_date <= other_goals.due_date
        and goals.due_date >= other_goals.start_date

)

select * from final
