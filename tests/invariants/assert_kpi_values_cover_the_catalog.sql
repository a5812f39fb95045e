-- every KPI of the catalogue has values, a value or a reason stands on every row, and no value is of an unknown KPI
{{ config(enabled=marts_are_on()) }}

{% call where_parents_are_built() %}
with

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

kpi_values as (

    select * from {{ ref('kpi__values') }}

)

select
    kpis.kpi_id as known_kpi_id,
    kpi_values.kpi_id,
    count(*) as row_count

from kpis

full outer join kpi_values
    on kpis.kpi_id = kpi_values.kpi_id

where
    (kpis.kpi_id is null)
    or (kpi_values.kpi_id is null and exists (select 1 from {{ ref('int_kpi__periods') }}))
    or (kpi_values.kpi_id is not null and kpi_values.value is null and kpi_values.null_reason is null)
    or (kpi_values.value is not null and kpi_values.null_reason is not null)

group by 1, 2
{% endcall %}
