{{ config(enabled=okr_is_on()) }}

with

events as (

    select * from {{ ref('int_okr__events_on_key_results') }}

    union all

    select * from {{ ref('int_okr__events_on_kpis') }}

    union all

    select * from {{ ref('int_okr__events_on_guardrails') }}

),

key_results as (

    select * from {{ ref('okr__key_results') }}

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

final as (

    select
        {{ dbt.hash("events.kind || '|' || events.event_key") }} as alert_id,
        events.kind,
        case
            when
                events.kind = 'guardrail_breached'
                or events.state in ('missed', 'off_track')
                then 'critical'
            when events.state in ('achieved', 'on_track', 'not_started')
                then 'info'
            else 'warning'
        end as severity,
        events.occurred_on,
        coalesce(events.key_result_id, events.kpi_id) as object,
        coalesce(key_results.owner, kpis.owner) as owner,
        events.key_result_id,
        events.kpi_id,
        events.dimension,
        events.dimension_value,
        events.previous_state,
        events.state,
        events.message,
        -- of the page, by section; null without an address of it
        cast(
            {{ dbt.string_literal(setting('link')) if setting('link') else 'null' }}
            || case when events.kind in ('kpi_unhealthy', 'kpi_watch') then '#health' else '#okr' end
            as {{ dbt.type_string() }}
        ) as link

    from events

    left join key_results on events.key_result_id = key_results.key_result_id

    left join kpis on events.kpi_id = kpis.kpi_id

    where
        events.occurred_on > cast({{ dbt.dateadd(
            'day', -setting('alert_days'), as_of_date()
        ) }} as date)

)

select * from final
