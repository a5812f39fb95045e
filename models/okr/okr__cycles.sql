{#- grain: cycle -#}
{{ config(enabled=okr_is_on()) }}
-- depends_on: {{ ref('int_kpi__gate') }}

with

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

final as (

    select
        cycle_id,
        parent_cycle_id,
        cycle_name,
        cadence,
        start_date,
        end_date,
        {{ elapsed_share('start_date', 'end_date', as_of_date()) }}
            as elapsed_share,
        start_date <= {{ as_of_date() }}
        and end_date >= {{ as_of_date() }} as is_current

    from cycles

)

select * from final
