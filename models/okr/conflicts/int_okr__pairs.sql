{{ config(enabled=okr_is_on()) }}
{%- set columns = [
    'key_result_id', 'kpi_id', 'kind', 'dimension', 'dimension_value',
    'period_grain', 'metric_type', 'start_date', 'due_date', 'target_value',
    'lower_bound', 'upper_bound', 'direction', 'aimed_value', 'goal'
] -%}

with

goals as (

    select * from {{ ref('int_okr__goals') }}

),

final as (

    select
        {% for column in columns -%}
        goals.{{ column }},
        other_goals.{{ column }} as other_{{ column }},
        {% endfor -%}
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
