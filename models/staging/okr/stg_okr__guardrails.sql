{{ config(enabled=has_input('okr_guardrails')) }}

with

source as (

    {{ read_input('okr_guardrails') }}

),

renamed as (

    select
        {{ text('key_result_id') }} as key_result_id,
        {{ text('guardrail_kpi_id') }} as guardrail_kpi_id,
        coalesce({{ text('dimension') }}, 'total') as dimension,
        coalesce({{ text('dimension_value') }}, 'total') as dimension_value,
        {{ number(text('lower_bound'), 10) }} as lower_bound,
        {{ number(text('upper_bound'), 10) }} as upper_bound,
        {{ is_unreadable('lower_bound', number(text('lower_bound'), 10)) }}
        or {{ is_unreadable('upper_bound', number(text('upper_bound'), 10)) }}
            as is_number_unreadable

    from source

)

select * from renamed
