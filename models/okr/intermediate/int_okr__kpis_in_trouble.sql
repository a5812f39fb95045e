{#- grain: KPI x segment that is unhealthy now, and that somebody could act on -#}
{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

kpis_now as (

    select * from {{ ref('int_okr__kpis_now') }}

    where health = 'unhealthy'

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

final as (

    select
        kpis_now.*,
        kpis.kpi_name

    from kpis_now

    inner join kpis on kpis_now.kpi_id = kpis.kpi_id

    where
        -- whoever sets a healthy range wants to hear of it
        kpis_now.has_healthy_range
        or (
            -- a company that grows leaves the limits of these behind
            kpis.domain != 'growth'
            and (
                kpis.kind in ('ratio', 'derived')
                or kpis.desired_direction != 'down'
            )
            -- of the many segments those beyond their limits are enough
            and (
                kpis_now.dimension = 'total'
                or kpis_now.special_cause = 'outside_limits'
            )
            -- nobody can act on who isn't known
            and kpis_now.dimension_value not in ('unknown', 'unattributed')
        )

)

select * from final
