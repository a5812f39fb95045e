{#- grain: KPI x complete period x segment beside the period before; a segment may be in one of them alone -#}
{{ config(enabled=marts_are_on(), materialized='ephemeral', access='protected', contract={'enforced': false}) }}
{%- set parts = ['numerator', 'denominator', 'value'] %}

with

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

    where is_complete_period

),

closed_values as (

    select * from {{ ref('kpi__values') }}

    where is_complete_period

),

kpi_values as (

    select
        closed_values.kpi_id,
        kpis.kind,
        closed_values.period_grain,
        closed_values.period_start,
        closed_values.dimension,
        closed_values.dimension_value,
        {% for part in parts -%}
        cast(closed_values.{{ part }} as {{ type_double() }}) as {{ part }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from closed_values

    inner join kpis on closed_values.kpi_id = kpis.kpi_id

    where kpis.kind != 'derived'

),

sides as (

    {% for is_now, compared_start in [
        (true, 'period_start'), (false, 'previous_period_start')
    ] -%}
    select
        kpi_values.kpi_id,
        kpi_values.kind,
        periods.period_grain,
        periods.period_start,
        periods.period_end,
        kpi_values.dimension,
        kpi_values.dimension_value,
        {% for part in parts -%}
        {{ 'kpi_values.' ~ part if is_now else 'null' }} as {{ part }},
        {{ 'null' if is_now else 'kpi_values.' ~ part }}
            as previous_{{ part }},
        {% endfor -%}
        {{ 1 if is_now else 0 }} as is_now,
        {{ 0 if is_now else 1 }} as is_before

    from kpi_values

    inner join periods
        on kpi_values.period_grain = periods.period_grain
        and kpi_values.period_start = periods.{{ compared_start }}
    {{ 'union all' if is_now }}
    {% endfor %}
),

final as (

    select
        kpi_id,
        kind,
        period_grain,
        period_start,
        period_end,
        dimension,
        dimension_value,
        {% for part in parts -%}
        max({{ part }}) as {{ part }},
        max(previous_{{ part }}) as previous_{{ part }},
        {% endfor -%}
        max(is_now) as is_now,
        max(is_before) as is_before

    from sides

    group by 1, 2, 3, 4, 5, 6, 7

)

select * from final
