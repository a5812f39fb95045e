{#- grain: KPI x complete period x segment x build that changed it -#}
{{ config(enabled=marts_are_on()) }}
{%- set key = 'kpi_id, period_grain, period_start, dimension, dimension_value' %}

with

closed_values as (

    select * from {{ ref('snap_kpi__closed_values') }}

),

versions as (

    select
        *,
        row_number() over (
            partition by {{ key }}
            order by dbt_valid_from
        ) as version_number,
        lag(reported_value) over (
            partition by {{ key }}
            order by dbt_valid_from
        ) as previous_reported_value,
        min(dbt_valid_from) over (partition by {{ key }})
            as first_reported_at,
        {% for name, order in {'first_reported': 'asc', 'current': 'desc'}.items() -%}
        first_value(reported_value) over (
            partition by {{ key }}
            order by dbt_valid_from {{ order }}
        ) as {{ name }}_value{{ ',' if not loop.last }}
        {% endfor %}
    from closed_values

),

final as (

    select
        kpi_id,
        period_grain,
        period_start,
        period_end,
        dimension,
        dimension_value,
        cast(dbt_valid_from as {{ dbt.type_timestamp() }}) as restated_at,
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
        and coalesce(abs(reported_value - previous_reported_value), 1)
        > 0.000001

)

select * from final
