{#- grain: KPI -#}
{{ config(enabled=marts_are_on()) }}
-- depends_on: {{ ref('int_kpi__gate') }}
with

kpis as (

    select * from {{ ref('int_kpi__catalog') }}

),

final as (

    select
        kpi_id,
        kpi_name,
        description,
        domain,
        unit,
        kind,
        desired_direction,
        formula,
        owner

    from kpis

)

select * from final
