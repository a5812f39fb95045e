{#- grain: KPI x complete period of its one grain x segment: its health, and whether somebody could act on it -#}
{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

health as (

    select
        *,
        case period_grain
            when 'month' then 1
            when 'day' then 2
            when 'week' then 3
            when 'quarter' then 4
            when 'year' then 5
        end as grain_rank

    from {{ ref('kpi__health') }}

),

kpis as (

    select * from {{ ref('int_kpi__judgement') }}

),

-- a KPI that has another grain alone is looked at there
grains_of_kpis as (

    select
        kpi_id,
        min(grain_rank) as grain_rank

    from health

    where value is not null

    group by 1

),

final as (

    select
        health.*,
        kpis.owner,
        kpis.family,
        kpis.kind,
        kpis.is_of_counts,
        kpis.lowest_possible,
        kpis.highest_possible,
        -- whoever sets a healthy range wants to hear of it; nobody can act on who isn't known
        health.lower_bound is not null
        or health.upper_bound is not null
        or health.dimension_value not in ('unknown', 'unattributed')
            as is_actionable

    from health

    inner join grains_of_kpis
        on health.kpi_id = grains_of_kpis.kpi_id
        and health.grain_rank = grains_of_kpis.grain_rank

    inner join kpis on health.kpi_id = kpis.kpi_id

)

select * from final
