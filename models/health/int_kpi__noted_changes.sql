{#- grain: KPI x complete period x segment with a change, of what an event of about that time is known -#}
{{ config(enabled=marts_are_on()) }}

with

signals as (

    select * from {{ ref('int_kpi__signals') }}

),

spells as (

    select * from {{ ref('int_kpi__spells') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

annotations as (

    select * from {{ ref('kpi__annotations') }}

),

changes as (

    select
        kpi_id,
        period_grain,
        dimension,
        dimension_value,
        period_start,
        since,
        0 as place

    from spells

    union all

    select
        kpi_id,
        period_grain,
        dimension,
        dimension_value,
        period_start,
        period_start as since,
        1 as place

    from signals

    where
        points_above > 0
        or points_below > 0

),

-- what happened in a period may be seen in that one or in the next
spans as (

    select
        period_grain,
        period_start,
        lag(period_start, 1, period_start) over (
            partition by period_grain
            order by period_start
        ) as first_day,
        period_end as last_day

    from periods

),

candidates as (

    select
        changes.kpi_id,
        changes.period_grain,
        changes.dimension,
        changes.dimension_value,
        changes.period_start,
        annotations.event_date,
        annotations.event,
        row_number() over (
            partition by
                changes.kpi_id, changes.period_grain,
                changes.dimension, changes.dimension_value, changes.period_start
            -- of the change before the point, of the KPI and the segment before all, the last
            order by
                changes.place asc,
                case when annotations.kpi_id is null then 1 else 0 end asc,
                case when annotations.dimension is null then 1 else 0 end asc,
                annotations.event_date desc,
                annotations.event asc
        ) as event_rank

    from changes

    inner join spans
        on changes.period_grain = spans.period_grain
        and changes.since = spans.period_start

    inner join annotations
        on spans.first_day <= annotations.event_date
        and spans.last_day >= annotations.event_date
        and coalesce(annotations.kpi_id, changes.kpi_id) = changes.kpi_id
        and coalesce(annotations.dimension, changes.dimension) = changes.dimension
        and coalesce(annotations.dimension_value, changes.dimension_value)
        = changes.dimension_value

),

final as (

    select
        kpi_id,
        period_grain,
        dimension,
        dimension_value,
        period_start,
        event_date,
        event

    from candidates

    where event_rank = 1

)

select * from final
