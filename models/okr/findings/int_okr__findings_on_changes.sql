{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

kpis_now as (

    select
        *,
        {{ say('objects', 'kpi', {'kpi': 'kpi_id'}) }} as object

    from {{ ref('int_okr__kpis_now') }}

),

final as (

    select
        {{ finding('change_without_event', 'object', {'reason': 'health_reason'}) }}

    from kpis_now

    where
        {{ has_input('okr_events') }}
        and dimension = 'total'
        and is_judged
        and variation in ('concern', 'improvement')
        and noted_event is null

)

select * from final
