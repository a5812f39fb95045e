{#- grain: KPI x segment that is unhealthy now, that somebody could act on, and that stands for its family -#}
{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

kpis_now as (

    select * from {{ ref('int_okr__kpis_now') }}

    where
        health = 'unhealthy'
        and is_actionable

),

with_whole as (

    select
        *,
        max(case when dimension = 'total' then 1 else 0 end)
            over (partition by kpi_family) as is_whole_in_trouble

    from kpis_now

),

-- one fact is one candidate: KPIs of a family in a segment, and its segments where the whole is in trouble
ranked as (

    select
        *,
        row_number() over (
            partition by
                kpi_family,
                case when is_whole_in_trouble = 0 then dimension end,
                case when is_whole_in_trouble = 0 then dimension_value end
            order by
                case when dimension = 'total' then 0 else 1 end asc,
                case when money_lost is null then 1 else 0 end asc,
                money_lost desc,
                coalesce(abs(z), 0) desc,
                kpi_id asc,
                dimension asc,
                dimension_value asc
        ) as rank_in_family,
        count(*) over (
            partition by
                kpi_family,
                case when is_whole_in_trouble = 0 then dimension end,
                case when is_whole_in_trouble = 0 then dimension_value end
        ) - 1 as others_in_trouble

    from with_whole

),

final as (

    select * from ranked

    where rank_in_family = 1

)

select * from final
