{{ config(enabled=marts_are_on()) }}
{%- set text = dbt.type_string() %}

with

events as (

    select * from {{ optional_input('okr_events', {
        'event_date': 'date', 'kpi_id': text, 'dimension': text, 'dimension_value': text,
        'kind': text, 'event': text, 'link': text, 'fault': text,
    }) }}

),

kpis as (

    select * from {{ ref('int_kpi__catalog') }}

),

final as (

    select distinct
        events.event_date,
        events.kpi_id,
        events.dimension,
        events.dimension_value,
        events.kind,
        events.event,
        events.link

    from events

    left join kpis on events.kpi_id = kpis.kpi_id

    where
        events.fault is null
        and (events.kpi_id is null or kpis.kpi_id is not null)

)

select * from final
