{{ config(enabled=okr_is_on()) }}

with

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

frozen_objectives as (

    select * from {{ ref('int_okr__frozen_objectives') }}

),

-- of a closed cycle the dates stay, and of one whose row is gone all that was known
frozen as (

    select
        frozen_objectives.cycle_id,
        min(parents.cycle_id) as parent_cycle_id,
        min(frozen_objectives.cycle_name) as cycle_name,
        min(frozen_objectives.cadence) as cadence,
        min(frozen_objectives.cycle_start_date) as start_date,
        min(frozen_objectives.cycle_end_date) as end_date

    from frozen_objectives

    left join cycles on frozen_objectives.cycle_id = cycles.cycle_id

    left join cycles as parents -- noqa: AL07
        on frozen_objectives.parent_cycle_id = parents.cycle_id

    where
        frozen_objectives.is_over
        or cycles.cycle_id is null

    group by frozen_objectives.cycle_id

),

all_rows as (

    select
        cycles.cycle_id,
        cycles.parent_cycle_id,
        cycles.cycle_name,
        cycles.cadence,
        cycles.start_date,
        cycles.end_date

    from cycles

    left join frozen on cycles.cycle_id = frozen.cycle_id

    where frozen.cycle_id is null

    union all

    select * from frozen

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

    from all_rows

)

select * from final
