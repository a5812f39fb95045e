{#- grain: KPI x segment in trouble that an objective looks at, with the key result that covers it best -#}
{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

troubles as (

    select * from {{ ref('int_okr__kpis_in_trouble') }}

),

key_results as (

    select * from {{ ref('okr__key_result_attainment') }}

    where
        due_date >= {{ as_of_date() }}
        and status != 'closed'

),

objectives as (

    select * from {{ ref('okr__objectives') }}

),

current_cycles as (

    select * from {{ ref('okr__cycles') }}

    where is_current

),

kpis as (

    select * from {{ ref('int_kpi__judgement') }}

),

covers as (

    select
        troubles.kpi_id,
        troubles.dimension,
        troubles.dimension_value,
        key_results.key_result_id,
        key_results.status,
        key_results.weight,
        key_results.kpi_name,
        case
            when key_results.kpi_id != troubles.kpi_id then 4
            when key_results.dimension = troubles.dimension then 1
            when key_results.dimension = 'total' then 2
            else 3
        end as distance

    from troubles

    inner join kpis
        on troubles.kpi_family = coalesce(kpis.family, kpis.kpi_id)

    inner join key_results
        on kpis.kpi_id = key_results.kpi_id
        and {{ segments_overlap('troubles', 'key_results') }}

    where key_results.start_date <= {{ as_of_date() }}

    union all

    select
        troubles.kpi_id,
        troubles.dimension,
        troubles.dimension_value,
        key_results.key_result_id,
        key_results.status,
        key_results.weight,
        key_results.kpi_name,
        5 as distance

    from troubles

    inner join objectives on troubles.kpi_id = objectives.origin_kpi_id

    inner join current_cycles
        on objectives.cycle_id = current_cycles.cycle_id

    inner join key_results
        on objectives.objective_id = key_results.objective_id

),

ranked as (

    select
        *,
        row_number() over (
            partition by kpi_id, dimension, dimension_value
            order by distance asc, weight desc, key_result_id asc
        ) as cover_rank

    from covers

),

final as (

    select
        kpi_id,
        dimension,
        dimension_value,
        key_result_id,
        status,
        kpi_name,
        distance = 4 as is_by_family,
        distance = 5 as is_by_origin

    from ranked

    where cover_rank = 1

)

select * from final
