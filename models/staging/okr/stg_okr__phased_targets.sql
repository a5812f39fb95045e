{{ config(enabled=has_input('okr_phased_targets')) }}

with

source as (

    {{ read_input('okr_phased_targets') }}

),

renamed as (

    select
        {{ text('key_result_id') }} as key_result_id,
        {{ number(text('expected_value'), 10) }}
            as expected_value,
        {{ text('expected_value') }} as value_text,
        {{ text('period_end') }} as date_text,
        {{ try_cast(text('period_end'), 'date') }} as period_end

    from source

)

select * from renamed
