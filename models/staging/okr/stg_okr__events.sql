{{ config(enabled=has_input('okr_events')) }}

with

source as (

    {{ read_input('okr_events') }}

),

typed as (

    select
        event_date as event_date_text,
        {{ try_cast('event_date', 'date') }} as event_date,
        kpi_id,
        dimension,
        dimension_value,
        lower(kind) as kind,
        text as event,
        link

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
