{{ config(enabled=okr_is_on()) }}

with

source as (

    {{ read_input('okr_key_results') }}

),

renamed as (

    select
        key_result_id,
        objective_id,
        kpi_id,
        name as key_result_name,
        owner,
        coalesce(dimension, 'total') as dimension,
        coalesce(dimension_value, 'total') as dimension_value,
        lower(period_grain) as period_grain,
        lower(metric_type) as metric_type,
        lower(indicator_type) as indicator_type,
        ended_on as ended_on_text,
        lower(end_reason) as end_reason,
        coalesce({{ number('weight') }}, 1) as weight,
        {{ is_unreadable('weight', number('weight')) }}
        or coalesce({{ number('weight') }} > 1000000000, false)
            as is_weight_unreadable,
        {{ try_cast('start_date', 'date') }} as start_date,
        {{ try_cast('due_date', 'date') }} as due_date,
        {{ is_unreadable('start_date', try_cast('start_date', 'date')) }}
        or {{ is_unreadable('due_date', try_cast('due_date', 'date')) }}
            as is_date_unreadable,
        {{ try_cast('ended_on', 'date') }} as ended_on

    from source

)

select * from renamed
