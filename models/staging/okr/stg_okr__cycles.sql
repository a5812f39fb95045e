{{ config(enabled=okr_is_on()) }}

with

source as (

    {{ read_input('okr_cycles') }}

),

renamed as (

    select
        cycle_id,
        parent_cycle_id,
        name as cycle_name,
        lower(cadence) as cadence,
        {{ try_cast('start_date', 'date') }} as start_date,
        {{ try_cast('end_date', 'date') }} as end_date

    from source

)

select * from renamed
