{{ config(enabled=okr_is_on()) }}

with

source as (

    {{ read_input('okr_key_result_targets') }}

),

renamed as (

    select
        key_result_id,
        reason,
        {{ number('baseline_value', 10) }} as baseline_value,
        {{ number('target_value', 10) }} as target_value,
        {{ number('commit_value', 10) }} as commit_value,
        {{ number('stretch_value', 10) }} as stretch_value,
        {{ number('lower_bound', 10) }} as lower_bound,
        {{ number('upper_bound', 10) }} as upper_bound,
        {{ is_unreadable('baseline_value', number('baseline_value', 10)) }}
        or {{ is_unreadable('target_value', number('target_value', 10)) }}
        or {{ is_unreadable('commit_value', number('commit_value', 10)) }}
        or {{ is_unreadable('stretch_value', number('stretch_value', 10)) }}
        or {{ is_unreadable('lower_bound', number('lower_bound', 10)) }}
        or {{ is_unreadable('upper_bound', number('upper_bound', 10)) }}
            as is_number_unreadable,
        {{ try_cast('valid_from', 'date') }} as valid_from

    from source

)

select * from renamed
