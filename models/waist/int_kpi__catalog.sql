{{ config(enabled=marts_are_on(), materialized='ephemeral', access='protected', contract={'enforced': false}) }}
with

kpis as (

    {{ catalog_rows() }}

),

final as (

    select *

    from kpis

    where kpi_id is not null

)

select * from final
