{#- grain: event worth telling of the last okr_metrics_alert_days days -#}
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
        {{ alert_severity() }} as severity,
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
        {{ alert_link() }} as link

    from events

    left join key_results on events.key_result_id = key_results.key_result_id

    left join kpis on events.kpi_id = kpis.kpi_id

    where
        events.occurred_on > cast({{ dbt.dateadd(
            'day', -setting('alert_days'), as_of_date()
        ) }} as date)

)

select * from final
