{{ config(enabled=okr_is_on()) }}

with

source as (

    {{ read_input('okr_objectives') }}

),

renamed as (

    select
        objective_id,
        cycle_id,
        parent_objective_id,
        parent_key_result_id,
        origin_kpi_id,
        name as objective_name,
        lower(level) as level,
        owner,
        lower(objective_type) as objective_type,
        {{ try_cast('priority', 'integer') }} as priority,
        ended_on as ended_on_text,
        lower(end_reason) as end_reason,
        coalesce({{ number('weight') }}, 1) as weight,
        {{ is_unreadable('weight', number('weight')) }}
        or coalesce({{ number('weight') }} > 1000000000, false)
            as is_weight_unreadable,
        {{ try_cast('ended_on', 'date') }} as ended_on

    from source

)

select * from renamed
