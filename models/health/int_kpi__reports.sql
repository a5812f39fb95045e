{#- grain: KPI x changed period x segment x build that said something new of it, or reported the period without it -#}
{{ config(enabled=marts_are_on(), materialized='ephemeral', access='protected', contract={'enforced': false}) }}

with

history as (

    select * from {{ history_of('kpi__values', 'snap_kpi__closed_values') }}

),

-- few: what was reported in one build, and is so still, has one version
changed_periods as (

    select
        kpi_id,
        period_grain,
        period_start

    from history

    group by 1, 2, 3

    having
        count(dbt_valid_to) > 0
        or min(dbt_valid_from) != max(dbt_valid_from)

),

closed_values as (

    select history.*

    from history

    inner join changed_periods
        on history.kpi_id = changed_periods.kpi_id
        and history.period_grain = changed_periods.period_grain
        and history.period_start = changed_periods.period_start

),

versions as (

    select
        *,
        lag(dbt_valid_from) over (
            partition by
                kpi_id, period_grain, period_start, dimension, dimension_value
            order by dbt_valid_from
        ) as previous_valid_from,
        lead(dbt_valid_from) over (
            partition by
                kpi_id, period_grain, period_start, dimension, dimension_value
            order by dbt_valid_from
        ) as next_valid_from,
        min(dbt_valid_from) over (
            partition by kpi_id, period_grain, period_start
        ) as first_reported_at

    from closed_values

),

-- a version that ended without a next one, and when its period was reported
-- after that: in the same build, or in a later one that came back to it
absences as (

    select
        versions.kpi_id,
        versions.period_grain,
        versions.period_start,
        versions.dimension,
        versions.dimension_value,
        versions.period_end,
        versions.first_reported_at,
        versions.next_valid_from,
        min(
            case
                when closed_values.dbt_valid_from > versions.dbt_valid_to
                    then closed_values.dbt_valid_from
                else versions.dbt_valid_to
            end
        ) as reported_at

    from versions

    inner join closed_values
        on versions.kpi_id = closed_values.kpi_id
        and versions.period_grain = closed_values.period_grain
        and versions.period_start = closed_values.period_start
        and coalesce(versions.dbt_valid_to < closed_values.dbt_valid_to, true)

    where
        versions.dbt_valid_to is not null
        and coalesce(versions.next_valid_from > versions.dbt_valid_to, true)

    group by 1, 2, 3, 4, 5, 6, 7, 8

),

final as (

    select
        kpi_id,
        period_grain,
        period_start,
        dimension,
        dimension_value,
        period_end,
        first_reported_at,
        dbt_valid_from as reported_at,
        reported_value,
        1 as is_reported

    from versions

    union all

    -- the first report of the period didn't have the segment
    select
        kpi_id,
        period_grain,
        period_start,
        dimension,
        dimension_value,
        period_end,
        first_reported_at,
        first_reported_at as reported_at,
        null as reported_value,
        0 as is_reported

    from versions

    where
        previous_valid_from is null
        and dbt_valid_from > first_reported_at

    union all

    select
        kpi_id,
        period_grain,
        period_start,
        dimension,
        dimension_value,
        period_end,
        first_reported_at,
        reported_at,
        null as reported_value,
        0 as is_reported

    from absences

    where coalesce(reported_at < next_valid_from, true)

)

select * from final
