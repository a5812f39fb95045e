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
        owner,
        cast(lowest_possible as numeric(38, 12)) as lowest_possible,
        cast(highest_possible as numeric(38, 12)) as highest_possible

    from kpis

)

select * from final
