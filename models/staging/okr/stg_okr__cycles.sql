{{ config(enabled=okr_is_on()) }}

with

source as (

    {{ read_input('okr_cycles') }}

),

renamed as (

    select
        {{ text('cycle_id') }} as cycle_id,
        {{ text('parent_cycle_id') }} as parent_cycle_id,
        {{ text('name') }} as cycle_name,
        lower({{ text('cadence') }}) as cadence,
        {{ try_cast(text('start_date'), 'date') }} as start_date,
        {{ try_cast(text('end_date'), 'date') }} as end_date

    from source

)

select * from renamed
