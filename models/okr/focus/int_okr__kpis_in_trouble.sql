{#- grain: KPI x segment that is unhealthy now, and that somebody could act on -#}
{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

kpis_now as (

    select * from {{ ref('int_okr__kpis_now') }}

),

final as (

    select * from kpis_now

    where
        health = 'unhealthy'
        and is_actionable

)

select * from final
