{{ config(enabled=has_input('kpi_tree')) }}

with

source as (

    {{ read_input('kpi_tree') }}

),

renamed as (

    select
        parent_kpi_id,
        child_kpi_id,
        lower(relation) as relation,
        case
            when abs({{ number('sign') }}) = 1 then {{ number('sign') }}
        end as sign

    from source

)

select * from renamed
