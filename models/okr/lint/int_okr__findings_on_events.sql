{{ config(enabled=has_input('okr_events') or okr_is_on()) }}
{%- set text = dbt.type_string() %}

with

events as (

    select
        *,
        {{ say('objects', 'event', {'day': or_empty('event_date_text'), 'text': or_empty('event')}) }} as object

    from {{ optional_input('okr_events', {
        'event_date_text': text, 'kpi_id': text, 'kind': text, 'event': text, 'fault': text,
    }) }}

),

kpis as (

    select * from {{ ref('int_kpi__catalog') }}

),

with_fault as (

    select
        events.object,
        events.kpi_id,
        events.kind,
        coalesce(
            events.fault,
            case when events.kpi_id is not null and kpis.kpi_id is null then 'kpi' end
        ) as fault

    from events

    left join kpis on events.kpi_id = kpis.kpi_id

),

final as (

    select
        {{ finding(
            'unclear_event', 'object', {'kpi': or_empty('kpi_id'), 'kind': or_empty('kind')},
            cases={
                'date': "fault = 'date'", 'text': "fault = 'text'", 'kind': "fault = 'kind'",
                'segment': "fault = 'segment'", 'kpi': none,
            },
        ) }}

    from with_fault

    where fault is not null

)

select * from final
