{#- grain: KPI x complete period x segment x build that changed it -#}
{{ config(enabled=marts_are_on()) }}
{%- set key = 'kpi_id, period_grain, period_start, dimension, dimension_value' %}

with

reports as (

    select * from {{ ref('int_kpi__reports') }}

),

versions as (

    select
        *,
        row_number() over (
            partition by {{ key }}
            order by reported_at
        ) as version_number,
        lag(reported_value) over (
            partition by {{ key }}
            order by reported_at
        ) as previous_reported_value,
        lag(is_reported) over (
            partition by {{ key }}
            order by reported_at
        ) as previous_is_reported,
        first_value(reported_value) over (
            partition by {{ key }}
            order by reported_at asc
        ) as first_reported_value,
        first_value(reported_value) over (
            partition by {{ key }}
            order by reported_at desc
        ) as current_value

    from reports

),

final as (

    select
        kpi_id,
        period_grain,
        period_start,
        period_end,
        dimension,
        dimension_value,
        cast(reported_at as {{ dbt.type_timestamp() }}) as restated_at,
        cast(previous_reported_value as numeric(38, 12))
            as previous_reported_value,
        cast(reported_value as numeric(38, 12)) as reported_value,
        cast(reported_value - previous_reported_value as numeric(38, 12))
            as restatement,
        cast(first_reported_at as {{ dbt.type_timestamp() }})
            as first_reported_at,
        cast(first_reported_value as numeric(38, 12)) as first_reported_value,
        cast(current_value as numeric(38, 12)) as current_value

    from versions

    where
        version_number > 1
        and (
            abs(
                coalesce(reported_value, 0)
                - coalesce(previous_reported_value, 0)
            ) > 0.000001
            -- a segment that isn't there has nought, a value of null doesn't
            or (
                is_reported + previous_is_reported = 2
                and (reported_value is null)
                != (previous_reported_value is null)
            )
        )

)

select * from final
