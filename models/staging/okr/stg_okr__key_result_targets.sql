{{ config(enabled=okr_is_on()) }}

with

source as (

    {{ read_input('okr_key_result_targets') }}

),

renamed as (

    select
        {{ text('key_result_id') }} as key_result_id,
        {{ text('reason') }} as reason,
        {{ number(text('baseline_value'), 10) }} as baseline_value,
        {{ number(text('target_value'), 10) }} as target_value,
        {{ number(text('commit_value'), 10) }} as commit_value,
        {{ number(text('stretch_value'), 10) }} as stretch_value,
        {{ number(text('lower_bound'), 10) }} as lower_bound,
        {{ number(text('upper_bound'), 10) }} as upper_bound,
        {{ is_unreadable('baseline_value', number(text('baseline_value'), 10)) }}
        or {{ is_unreadable('target_value', number(text('target_value'), 10)) }}
        or {{ is_unreadable('commit_value', number(text('commit_value'), 10)) }}
        or {{ is_unreadable('stretch_value', number(text('stretch_value'), 10)) }}
        or {{ is_unreadable('lower_bound', number(text('lower_bound'), 10)) }}
        or {{ is_unreadable('upper_bound', number(text('upper_bound'), 10)) }}
            as is_number_unreadable,
        {{ try_cast(text('valid_from'), 'date') }} as valid_from

    from source

)

select * from renamed
