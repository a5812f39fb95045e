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
        on kpis.kpi_id in ('{{ kpis | map(attribute='id') | join("', '") }}')

),

{% endfor -%}
base_values as (

    {% for mart in marts -%}
    select * from {{ mart }}_values
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

growth_values as (

    select
        {{ growth_id(marts) }} as kpi_id,
        base_values.period_grain,
        base_values.period_start,
        base_values.dimension,
        base_values.dimension_value,
        base_values.value - previous_values.value as numerator,
        previous_values.value as denominator,
        {{ ratio(
            'base_values.value - previous_values.value',
            'previous_values.value',
        ) }} as value,
        case when previous_values.value = 0 then 'zero_denominator' end
            as zero_reason

    from base_values

    inner join period_segments
        on {{ same_period_segment('base_values', 'period_segments') }}

    left join base_values as previous_values
        on base_values.kpi_id = previous_values.kpi_id
        and base_values.period_grain = previous_values.period_grain
        and period_segments.previous_period_start
        = previous_values.period_start
        and base_values.dimension = previous_values.dimension
        and base_values.dimension_value = previous_values.dimension_value

    where {{ growth_id(marts) }} is not null

),

all_values as (

    select * from base_values

    union all

    select * from growth_values

),

with_neighbours as (

    select
        all_values.*,
        period_segments.period_end,
        period_segments.is_complete_period,
        previous_values.value as previous_value,
        year_ago_values.value as year_ago_value,
        max(
            case when all_values.dimension = 'total' then all_values.value end
        ) over (
            partition by all_values.kpi_id, all_values.period_grain,
            all_values.period_start
        ) as total_value

    from all_values

    inner join period_segments
        on {{ same_period_segment('all_values', 'period_segments') }}

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
),

final as (

    select
        kpi_id,
        period_grain,
        period_start,
        period_end,
        dimension,
        dimension_value,
        cast(numerator as numeric(38, 12)) as numerator,
        cast(denominator as numeric(38, 12)) as denominator,
        cast(value as numeric(38, 12)) as value,
        is_complete_period,
        cast(null as bigint) as sample_size,
        case
            when value is not null then null
            when zero_reason is not null then zero_reason
            -- known for the whole, so the segments lack it
            when total_value is not null then 'not_allocated'
            else 'no_data'
        end as null_reason,
        cast(previous_value as numeric(38, 12)) as previous_value,
        cast(year_ago_value as numeric(38, 12)) as year_ago_value,
        cast(value - previous_value as numeric(38, 12)) as change,
        {{ ratio('value - previous_value', 'previous_value') }}
            as change_ratio

    from with_neighbours

)

select * from final
