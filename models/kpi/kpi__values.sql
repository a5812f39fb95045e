{#- grain: KPI x period grain x period x segment; marts come from kpi_marts(), KPIs from the marts' YAML -#}
{%- set marts = kpi_marts() -%}

with

period_segments as (

    select * from {{ ref('int_kpi__period_segments') }}

),

kpis as (

    select kpi_id from {{ ref('kpi__catalog') }}

),

{% for mart in marts -%}
{%- set kpis = kpis_of(mart) -%}
{{ mart }}_values as (

    select
        kpis.kpi_id,
        period_grain,
        period_start,
        dimension,
        dimension_value,
        {{ pick(mart, kpis, 'numerator') }} as numerator,
        {{ pick(mart, kpis, 'denominator') }} as denominator,
        {{ pick(mart, kpis, 'id') }} as value,
        {{ zero_reason(kpis) }} as zero_reason

    from {{ ref(mart) }}

    inner join kpis
        on kpis.kpi_id in ({{ kpi_ids(kpis) }})

),

{% endfor -%}
all_values as (

    {% for mart in marts -%}
    select * from {{ mart }}_values
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

with_neighbours as (

    select
        all_values.*,
        period_segments.period_end,
        period_segments.is_complete_period,
        previous_values.value as previous_value,
        year_ago_values.value as year_ago_value

    from all_values

    inner join period_segments
        on all_values.period_grain = period_segments.period_grain
        and all_values.period_start = period_segments.period_start
        and all_values.dimension = period_segments.dimension
        and all_values.dimension_value = period_segments.dimension_value

    {% for neighbour in ['previous', 'year_ago'] -%}
    left join all_values as {{ neighbour }}_values
        on all_values.kpi_id = {{ neighbour }}_values.kpi_id
        and all_values.period_grain = {{ neighbour }}_values.period_grain
        and period_segments.{{ neighbour }}_period_start
        = {{ neighbour }}_values.period_start
        and all_values.dimension = {{ neighbour }}_values.dimension
        and all_values.dimension_value
        = {{ neighbour }}_values.dimension_value

    {% endfor %}
)

select * from with_neighbours
