{#- grain: KPI x complete period x driver segment; the segments of a dimension add up to the KPI's change -#}
{{ config(enabled=marts_are_on()) }}
{%- set in_dimension = 'over (partition by kpi_id, period_grain, period_start, dimension)' %}

with

changes as (

    select * from {{ ref('int_kpi__changes') }}

),

totals as (

    select * from changes

    where
        dimension = 'total'
        and value is not null
        and previous_value is not null

),

-- a part adds up that is known for every segment of a dimension, and is in all that of the whole
with_sums as (

    select
        *,
        count(*) {{ in_dimension }} as segments,
        sum(coalesce(numerator, 0)) {{ in_dimension }} as sum_of_numerators,
        count(case when is_now = 1 and numerator is null then 1 end) {{ in_dimension }} as unknown_numerators,
        sum(coalesce(denominator, 0)) {{ in_dimension }} as sum_of_denominators,
        count(case when is_now = 1 and denominator is null then 1 end) {{ in_dimension }} as unknown_denominators,
        sum(coalesce(previous_numerator, 0)) {{ in_dimension }} as sum_of_previous_numerators,
        count(case when is_before = 1 and previous_numerator is null then 1 end) {{ in_dimension }}
            as unknown_previous_numerators,
        sum(coalesce(previous_denominator, 0)) {{ in_dimension }} as sum_of_previous_denominators,
        count(case when is_before = 1 and previous_denominator is null then 1 end) {{ in_dimension }}
            as unknown_previous_denominators

    from changes

    where dimension != 'total'

),

segments as (

    select
        with_sums.*,
        totals.value as total_value,
        totals.previous_value as previous_total_value,
        totals.denominator as total_denominator,
        totals.previous_denominator as previous_total_denominator,
        with_sums.unknown_numerators = 0
        and abs(with_sums.sum_of_numerators - totals.numerator)
        <= 0.000001 * (with_sums.segments + abs(totals.numerator))
        and with_sums.unknown_previous_numerators = 0
        and abs(with_sums.sum_of_previous_numerators - totals.previous_numerator)
        <= 0.000001 * (with_sums.segments + abs(totals.previous_numerator))
        and (
            with_sums.kind != 'ratio'
            or (
                with_sums.unknown_denominators = 0
                and abs(with_sums.sum_of_denominators - totals.denominator)
                <= 0.000001 * (with_sums.segments + abs(totals.denominator))
                and with_sums.unknown_previous_denominators = 0
                and abs(with_sums.sum_of_previous_denominators - totals.previous_denominator)
                <= 0.000001 * (with_sums.segments + abs(totals.previous_denominator))
            )
        ) as is_additive

    from with_sums

    inner join totals
        on with_sums.kpi_id = totals.kpi_id
        and with_sums.period_grain = totals.period_grain
        and with_sums.period_start = totals.period_start

),

-- a part that a segment doesn't have is nought
shares_and_rates as (

    select
        *,
        coalesce(denominator, 0) / total_denominator as share,
        coalesce(previous_denominator, 0) / previous_total_denominator
            as previous_share,
        coalesce(numerator, 0) / total_denominator as contribution,
        coalesce(previous_numerator, 0) / previous_total_denominator
            as previous_contribution,
        numerator / nullif(denominator, 0) as own_rate,
        previous_numerator / nullif(previous_denominator, 0)
            as previous_own_rate

    from segments

    where is_additive

),

-- one who entered or left has one rate, so that its whole effect is mix
rates as (

    select
        *,
        coalesce(own_rate, previous_own_rate, 0) as rate,
        coalesce(previous_own_rate, own_rate, 0) as previous_rate

    from shares_and_rates

),

effects as (

    select
        *,
        case when kind = 'ratio' then
            contribution - previous_contribution
            - (rate + previous_rate) / 2 * (share - previous_share)
        end as rate_effect,
        case when kind = 'ratio' then
            (
                rate - total_value + previous_rate - previous_total_value
            ) / 2 * (share - previous_share)
        end as mix_effect

    from rates

),

-- one digit less than most: a sum of two is exact on every engine
to_twelve_digits as (

    select
        *,
        cast(rate_effect as numeric(37, 12)) as rounded_rate_effect,
        cast(mix_effect as numeric(37, 12)) as rounded_mix_effect,
        cast(
            coalesce(numerator, 0) - coalesce(previous_numerator, 0)
            as numeric(37, 12)
        ) as own_change,
        cast(total_value - previous_total_value as numeric(37, 12))
            as kpi_change

    from effects

    -- what a segment never had drives nothing
    where
        coalesce(numerator, 0) != 0
        or coalesce(previous_numerator, 0) != 0
        or coalesce(denominator, 0) != 0
        or coalesce(previous_denominator, 0) != 0

),

with_whole_effect as (

    select
        *,
        cast(case
            when kind = 'ratio' then rounded_rate_effect + rounded_mix_effect
            else own_change
        end as numeric(37, 12)) as rounded_effect

    from to_twelve_digits

),

-- parts of a mart are rounded to a millionth: the largest effect takes what that leaves
remainders as (

    select
        *,
        cast(case
            when
                row_number() over (
                    partition by kpi_id, period_grain, period_start, dimension
                    order by abs(rounded_effect) desc, dimension_value
                ) = 1
                then kpi_change - cast(sum(rounded_effect) over (
                    partition by kpi_id, period_grain, period_start, dimension
                ) as numeric(37, 12))
            else 0
        end as numeric(37, 12)) as left_over

    from with_whole_effect

),

final as (

    select
        kpi_id,
        period_grain,
        period_start,
        period_end,
        dimension,
        dimension_value,
        case
            when
                coalesce(previous_numerator, 0) = 0
                and coalesce(previous_denominator, 0) = 0
                then 'entered'
            when coalesce(numerator, 0) = 0 and coalesce(denominator, 0) = 0
                then 'left'
            else 'stayed'
        end as presence,
        cast(previous_value as numeric(38, 12)) as previous_value,
        cast(value as numeric(38, 12)) as value,
        cast(previous_share as numeric(38, 12)) as previous_share,
        cast(share as numeric(38, 12)) as share,
        cast(rounded_rate_effect + left_over as numeric(38, 12)) as rate_effect,
        cast(rounded_mix_effect as numeric(38, 12)) as mix_effect,
        cast(rounded_effect + left_over as numeric(38, 12)) as total_effect,
        cast(kpi_change as numeric(38, 12)) as kpi_change

    from remainders

)

select * from final
