{{ config(
    enabled=var('okr_metrics_semantic_layer', false)
        and var('okr_metrics_time_spine', true) and marts_are_on(),
    materialized='view',
) }}

with

days as (

    select * from {{ ref('int_kpi__days') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

final as (

    select calendar_date

    from days

    where calendar_date >= (select min(periods.period_start) from periods)

)

select * from final
