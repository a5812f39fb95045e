{#- grain: row of okr_check_ins -#}
{{ config(enabled=has_input('okr_check_ins')) }}

with

source as (

    {{ read_input('okr_check_ins') }}

),

renamed as (

    select
        {{ text('key_result_id') }} as key_result_id,
        {{ text('comment') }} as check_in_comment,
        {{ try_cast(text('confidence'), 'numeric(28, 10)') }} as confidence,
        {{ try_cast(text('value_reported'), 'numeric(28, 10)') }}
            as value_reported,
        {{ try_cast(text('check_in_date'), 'date') }} as check_in_date

    from source

)

select * from renamed
