{{ config(enabled=okr_is_on()) }}

with

source as (

    {{ read_input('okr_key_results') }}

),

renamed as (

    select
        {{ text('key_result_id') }} as key_result_id,
        {{ text('objective_id') }} as objective_id,
        {{ text('kpi_id') }} as kpi_id,
        {{ text('name') }} as key_result_name,
        {{ text('owner') }} as owner,
        coalesce({{ text('dimension') }}, 'total') as dimension,
        coalesce({{ text('dimension_value') }}, 'total') as dimension_value,
        lower({{ text('period_grain') }}) as period_grain,
        lower({{ text('metric_type') }}) as metric_type,
        lower({{ text('indicator_type') }}) as indicator_type,
        {{ text('ended_on') }} as ended_on_text,
        lower({{ text('end_reason') }}) as end_reason,
        coalesce({{ number(text('weight')) }}, 1) as weight,
        {{ is_unreadable('weight', number(text('weight'))) }}
        or coalesce({{ number(text('weight')) }} > 1000000000, false)
            as is_weight_unreadable,
        {{ try_cast(text('start_date'), 'date') }} as start_date,
        {{ try_cast(text('due_date'), 'date') }} as due_date,
        {{ is_unreadable('start_date', try_cast(text('start_date'), 'date')) }}
        or {{ is_unreadable('due_date', try_cast(text('due_date'), 'date')) }}
            as is_date_unreadable,
        {{ try_cast(text('ended_on'), 'date') }} as ended_on

    from source

)

select * from renamed
