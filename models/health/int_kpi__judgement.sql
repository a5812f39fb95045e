{#- grain: KPI, and how its health is judged: what its entry says, typed -#}
{{ config(enabled=marts_are_on()) }}
with

kpis as (

    select * from {{ ref('int_kpi__catalog') }}

),

final as (

    select
        kpi_id,
        owner,
        kind,
        family,
        desired_direction,
        cast(lowest_possible as numeric(38, 12)) as lowest_possible,
        cast(highest_possible as numeric(38, 12)) as highest_possible,
        case desired_direction
            when 'up' then 1
            when 'down' then -1
            else 0
        end as wish,
        coalesce(is_judged = 'true', false) as is_judged,
        -- limits that stay are of the level, as on an XmR chart
        {{ 'false' if setting('health_baseline_periods') else "coalesce(is_tested_by_change = 'true', false)" }}
            as is_by_change,
        coalesce(is_of_counts = 'true', false) as is_of_counts

    from kpis

)

select * from final
