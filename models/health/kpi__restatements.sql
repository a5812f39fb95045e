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
        {% for column in ['reported_value', 'is_reported'] -%}
        lag({{ column }}) over (
            partition by {{ key }}
            order by reported_at
        ) as previous_{{ column }},
        {% endfor -%}
        {% for name, order in {'first_reported': 'asc', 'current': 'desc'}.items() -%}
        first_value(reported_value) over (
            partition by {{ key }}
            order by reported_at {{ order }}
        ) as {{ name }}_value{{ ',' if not loop.last }}
        {% endfor %}
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
