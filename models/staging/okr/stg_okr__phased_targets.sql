{{ config(enabled=has_input('okr_phased_targets')) }}

with

source as (

    {{ read_input('okr_phased_targets') }}

),

renamed as (

    select
        key_result_id,
        {{ number('expected_value', 10) }}
            as expected_value,
        expected_value as value_text,
        period_end as date_text,
        {{ try_cast('period_end', 'date') }} as period_end

    from source

)

select * from renamed
