{{ config(enabled=has_input('kpi_tree')) }}

with

source as (

    {{ read_input('kpi_tree') }}

),

renamed as (

    select
        {{ text('parent_kpi_id') }} as parent_kpi_id,
        {{ text('child_kpi_id') }} as child_kpi_id,
        lower({{ text('relation') }}) as relation,
        case
            when abs({{ number(text('sign')) }}) = 1 then {{ number(text('sign')) }}
        end as sign

    from source

)

select * from renamed
