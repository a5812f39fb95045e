{{ config(enabled=marts_are_on()) }}
with

all_values as (

    select * from {{ ref('int_kpi__values') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

with_neighbours as (

    select
        all_values.*,
        kpis.kpi_name,
        kpis.unit,
        periods.period_end,
        periods.period_label,
        periods.is_complete_period
        and not coalesce(all_values.is_partly_known, false)
            as is_complete_period,
        previous_values.value as previous_value,
        year_ago_values.value as year_ago_value,
        max(
            case when all_values.dimension = 'total' then all_values.value end
        ) over (
            partition by
                all_values.kpi_id, all_values.period_grain,
                all_values.period_start
        ) as total_value

    from all_values

    inner join kpis on all_values.kpi_id = kpis.kpi_id

    inner join periods
        on all_values.period_grain = periods.period_grain
        and all_values.period_start = periods.period_start

    left join all_values as previous_values
        on all_values.kpi_id = previous_values.kpi_id
        and all_values.period_grain = previous_values.period_grain
        and periods.previous_period_start = previous_values.period_start
        and all_values.dimension = previous_values.dimension
        and all_values.dimension_value = previous_values.dimension_value

    left join all_values as year_ago_values
        on all_values.kpi_id = year_ago_values.kpi_id
        and all_values.period_grain = year_ago_values.period_grain
        and periods.year_ago_period_start = year_ago_values.period_start
        and all_values.dimension = year_ago_values.dimension
        and all_values.dimension_value = year_ago_values.dimension_value

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
        cast(numerator as numeric(38, 12)) as numerator,
        cast(denominator as numeric(38, 12)) as denominator,
        cast(value as numeric(38, 12)) as value,
        is_complete_period,
        cast(sample_size as bigint) as sample_size,
        case
            when value is not null then null
            when zero_reason = 'other_grain' then zero_reason
            when gap_reason is not null then gap_reason
            when zero_reason is not null then zero_reason
            when
                denominator != 0
                and abs(cast(numerator as {{ type_double() }}))
                >= 1e18 * abs(cast(denominator as {{ type_double() }}))
                then 'too_large'
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
