{{ config(enabled=okr_is_on(), materialized='table') }}
{%- set by_date = 'partition by key_result_id order by valid_from' %}

with

targets as (

    select * from {{ ref('stg_okr__key_result_targets') }}

),

-- a group is a row that has the value and those after it that leave it empty
numbered as (

    select
        *,
        row_number() over ({{ by_date }}) as revision,
        lead(valid_from) over ({{ by_date }}) as valid_to,
        count(baseline_value) over ({{ by_date }}) as baseline_group,
        count(target_value) over ({{ by_date }}) as target_group,
        count(commit_value) over ({{ by_date }}) as commit_group,
        count(stretch_value) over ({{ by_date }}) as stretch_group,
        count(lower_bound) over ({{ by_date }}) as lower_group,
        count(upper_bound) over ({{ by_date }}) as upper_group

    from targets

),

final as (

    select
        key_result_id,
        revision,
        reason,
        max(baseline_value) over (partition by key_result_id, baseline_group)
            as baseline_value,
        max(target_value) over (partition by key_result_id, target_group)
            as target_value,
        max(commit_value) over (partition by key_result_id, commit_group)
            as commit_value,
        max(stretch_value) over (partition by key_result_id, stretch_group)
            as stretch_value,
        max(lower_bound) over (partition by key_result_id, lower_group)
            as lower_bound,
        max(upper_bound) over (partition by key_result_id, upper_group)
            as upper_bound,
        valid_from,
        valid_to

    from numbered

)

select * from final
