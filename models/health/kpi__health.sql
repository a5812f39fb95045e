{#- grain: KPI x complete period x segment -#}
{{ config(enabled=marts_are_on()) }}
{%- set so_far -%}
    partition by kpi_id, period_grain, dimension, dimension_value, unbroken_number
    order by period_start rows between unbounded preceding and current row
{%- endset %}

with

kpi_values as (

    select * from {{ ref('kpi__values') }}
    where is_complete_period

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

control_charts as (

    select * from {{ ref('int_kpi__control_charts') }}

),

ranges as (

    select * from {{ ref('int_kpi__healthy_ranges') }}

),

joined as (

    select
        kpi_values.*,
        kpis.desired_direction,
        kpis.lowest_possible,
        kpis.highest_possible,
        {% for column in [
            'points', 'point_number', 'unbroken_number', 'center_line',
            'lower_limit', 'upper_limit', 'float_noise', 'special_cause', 'side',
        ] -%}
        control_charts.{{ column }},
        {% endfor -%}
        {{ variation() }} as variation,
        ranges.lower_bound,
        ranges.upper_bound,
        ranges.provenance,
        coalesce(kpi_values.value < ranges.lower_bound, false) as is_below_range,
        coalesce(kpi_values.value > ranges.upper_bound, false) as is_above_range

    from kpi_values

    inner join kpis on kpi_values.kpi_id = kpis.kpi_id

    left join control_charts
        on kpi_values.kpi_id = control_charts.kpi_id
        and {{ same_period_segment('kpi_values', 'control_charts') }}

    left join ranges
        on kpi_values.kpi_id = ranges.kpi_id
        and kpi_values.period_grain = ranges.period_grain
        and kpi_values.dimension = ranges.dimension
        and kpi_values.dimension_value = ranges.dimension_value
        and kpi_values.period_end >= ranges.valid_from
        and coalesce(kpi_values.period_end < ranges.valid_to, true)

),

with_trouble as (

    select
        *,
        case
            when variation = 'concern' or is_below_range or is_above_range then 1
            else 0
        end as is_in_trouble

    from joined

),

with_periods_in_trouble as (

    select
        *,
        -- points since the last one without trouble, or since the first
        case
            when is_in_trouble = 1
                then point_number - coalesce(
                    max(case when is_in_trouble = 0 then point_number end)
                        over ({{ so_far }}),
                    min(point_number) over ({{ so_far }}) - 1
                )
            else 0
        end as periods_in_trouble

    from with_trouble

),

final as (

    select
        kpi_id,
        kpi_name,
        unit,
        period_grain,
        period_start,
        period_end,
        period_label,
        dimension,
        dimension_value,
        cast(value as numeric(38, 12)) as value,
        cast(center_line as numeric(38, 12)) as center_line,
        -- clipped for display alone: signals come from the limits themselves
        {{ clipped('lower_limit', '<', 'lowest_possible') }} as lower_limit,
        {{ clipped('upper_limit', '>', 'highest_possible') }} as upper_limit,
        special_cause,
        variation,
        {{ assurance() }} as assurance,
        cast(lower_bound as numeric(38, 12)) as lower_bound,
        cast(upper_bound as numeric(38, 12)) as upper_bound,
        {{ health() }} as health,
        {{ health_level(health()) }} as health_level,
        {{ health_reason() }} as health_reason,
        cast(periods_in_trouble as bigint) as periods_in_trouble,
        cast(coalesce(points, 0) as bigint) as points,
        {{ false_alarm_rate('points') }} as expected_false_alarm_rate

    from with_periods_in_trouble

)

select * from final
