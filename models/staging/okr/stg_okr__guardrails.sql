{{ config(enabled=has_input('okr_guardrails')) }}

with

source as (

    {{ read_input('okr_guardrails') }}

),

renamed as (

    select
        key_result_id,
        guardrail_kpi_id,
        coalesce(dimension, 'total') as dimension,
        coalesce(dimension_value, 'total') as dimension_value,
        {{ number('lower_bound', 10) }} as lower_bound,
        {{ number('upper_bound', 10) }} as upper_bound,
        {{ is_unreadable('lower_bound', number('lower_bound', 10)) }}
        or {{ is_unreadable('upper_bound', number('upper_bound', 10)) }}
            as is_number_unreadable

    from source

)

select * from renamed
