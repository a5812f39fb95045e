{{ config(enabled=has_input('okr_events')) }}

with

source as (

    {{ read_input('okr_events') }}

),

typed as (

    select
        {{ text('event_date') }} as event_date_text,
        {{ try_cast(text('event_date'), 'date') }} as event_date,
        {{ text('kpi_id') }} as kpi_id,
        {{ text('dimension') }} as dimension,
        {{ text('dimension_value') }} as dimension_value,
        lower({{ text('kind') }}) as kind,
        {{ text('text') }} as event,
        {{ text('link') }} as link

    from source

),

final as (

    select
        *,
        case
            when event_date is null then 'date'
            when event is null then 'text'
            when
                coalesce(kind, '') not in ('launch', 'price', 'outage', 'experiment', 'other')
                then 'kind'
            when (dimension is null) != (dimension_value is null) then 'segment'
        end as fault

    from typed

)

select * from final
