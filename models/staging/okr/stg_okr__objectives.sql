{{ config(enabled=okr_is_on()) }}

with

source as (

    {{ read_input('okr_objectives') }}

),

renamed as (

    select
        {{ text('objective_id') }} as objective_id,
        {{ text('cycle_id') }} as cycle_id,
        {{ text('parent_objective_id') }} as parent_objective_id,
        {{ text('parent_key_result_id') }} as parent_key_result_id,
        {{ text('origin_kpi_id') }} as origin_kpi_id,
        {{ text('name') }} as objective_name,
        lower({{ text('level') }}) as level,
        {{ text('owner') }} as owner,
        lower({{ text('objective_type') }}) as objective_type,
        {{ try_cast(text('priority'), 'integer') }} as priority,
        {{ text('ended_on') }} as ended_on_text,
        lower({{ text('end_reason') }}) as end_reason,
        coalesce({{ number(text('weight')) }}, 1) as weight,
        {{ is_unreadable('weight', number(text('weight'))) }}
        or coalesce({{ number(text('weight')) }} > 1000000000, false)
            as is_weight_unreadable,
        {{ try_cast(text('ended_on'), 'date') }} as ended_on

    from source

)

select * from renamed
