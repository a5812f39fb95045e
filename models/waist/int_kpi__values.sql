{{ config(enabled=marts_are_on(), materialized='ephemeral', access='protected', contract={'enforced': false}) }}
{%- set marts = kpi_marts() -%}
{%- set growths = {} -%}
{%- for mart in marts -%}
    {%- for kpi in kpis_of(mart) if kpi.growth -%}{%- do growths.update({kpi.id: kpi.growth}) -%}{%- endfor -%}
{%- endfor %}

with

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

kpis as (

    select kpi_id from {{ ref('kpi__catalog') }}

),

gaps as (

    select * from {{ ref('int_kpi__kpi_gaps') }}

),

{% for mart in marts -%}
{%- set kpis = kpis_of(mart) -%}
{{ mart }} as (

    select * from {{ mart_relation(mart) }}

),

{{ mart }}_values as (

    select
        kpis.kpi_id,
        {{ mart }}.period_grain,
        {{ mart }}.period_start,
        {{ mart }}.dimension,
        {{ mart }}.dimension_value,
        {{ pick(kpis, 'numerator') }} as numerator,
        {{ pick(kpis, 'denominator') }} as denominator,
        {{ pick(kpis, 'id') }} as value,
        {{ pick(kpis, 'sample_size') }} as sample_size,
        -- a grain that the KPI isn't defined for, or a column it divides by is 0
        case
            when 1 = 0 then null
            {%- for kpi in kpis %}
            {%- if kpi.grains %}
            when
                kpis.kpi_id = '{{ kpi.id }}'
                and {{ mart }}.period_grain not in ({{ literals(kpi.grains) }})
                then 'other_grain'
            {%- endif %}
            {%- set reasons = {kpi.denominator: 'zero_denominator'} if kpi.denominator else {} %}
            {%- for column, reason in dict(reasons, **kpi.zero_reasons).items() %}
            when kpis.kpi_id = '{{ kpi.id }}' and {{ column }} = 0
                then '{{ reason }}'
            {%- endfor %}
            {%- endfor %}
            else cast(null as {{ dbt.type_string() }})
        end as zero_reason

    from {{ mart }}

    inner join kpis
        on kpis.kpi_id in (
            '{{ kpis | map(attribute='id') | join("', '") }}' -- noqa: LT05
        )

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
        case base_values.kpi_id
            when '' then null
            {%- for kpi_id, growth in growths.items() %}
            when '{{ kpi_id }}' then '{{ growth }}'
            {%- endfor %}
            else cast(null as {{ dbt.type_string() }})
        end as kpi_id,
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
        cast(null as numeric(38, 12)) as sample_size,
        case when previous_values.value = 0 then 'zero_denominator' end
            as zero_reason

    from base_values

    inner join periods
        on base_values.period_grain = periods.period_grain
        and base_values.period_start = periods.period_start

    left join base_values as previous_values
        on base_values.kpi_id = previous_values.kpi_id
        and base_values.period_grain = previous_values.period_grain
        and periods.previous_period_start
        = previous_values.period_start
        and base_values.dimension = previous_values.dimension
        and base_values.dimension_value = previous_values.dimension_value

    where base_values.kpi_id in ({{ literals(growths or ['']) }})

),

all_values as (

    select * from base_values

    union all

    select * from growth_values

),

final as (

    select
        all_values.kpi_id,
        all_values.period_grain,
        all_values.period_start,
        all_values.dimension,
        all_values.dimension_value,
        -- what its inputs know nothing of isn't nought, whatever a mart says
        case when gaps.gap_reason is null then all_values.numerator end
            as numerator,
        case when gaps.gap_reason is null then all_values.denominator end
            as denominator,
        case when gaps.gap_reason is null then all_values.value end as value,
        case when gaps.gap_reason is null then all_values.sample_size end
            as sample_size,
        all_values.zero_reason,
        gaps.gap_reason,
        gaps.is_partly_known

    from all_values

    left join gaps
        on all_values.kpi_id = gaps.kpi_id
        and all_values.period_grain = gaps.period_grain
        and all_values.period_start = gaps.period_start

)

select * from final
