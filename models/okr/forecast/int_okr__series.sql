{{ config(enabled=okr_is_on()) }}
{%- set so_far = 'partition by key_result_id order by period_number'
    ~ ' rows between unbounded preceding and current row' %}

with

key_results as (

    select * from {{ ref('int_okr__key_results') }}

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

kpi_values as (

    select * from {{ ref('kpi__values') }}

    where is_complete_period

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

points as (

    select
        key_results.key_result_id,
        key_results.start_date,
        periods.period_grain,
        periods.period_number,
        kpis.kind,
        kpis.unit,
        kpis.lowest_possible,
        kpis.highest_possible,
        kpi_values.period_end,
        cast(kpi_values.value as {{ type_double() }}) as value,
        -- a rate is a numerator over a denominator: a sum over its days, the parts of a ratio, else the value
        cast(
            case
                when kpis.kind = 'ratio' then kpi_values.numerator
                else kpi_values.value
            end as {{ type_double() }}
        ) as numerator,
        cast(
            case
                when key_results.metric_type in ('cumulative', 'cumulative_at_most')
                    then {{ dbt.datediff(
                        'kpi_values.period_start', 'kpi_values.period_end', 'day'
                    ) }} + 1
                when kpis.kind = 'ratio' then kpi_values.denominator
                else 1
            end as {{ type_double() }}
        ) as denominator

    from key_results

    inner join kpis on key_results.kpi_id = kpis.kpi_id

    inner join kpi_values on {{ same_kpi('key_results', 'kpi_values') }}

    inner join periods
        on kpi_values.period_grain = periods.period_grain
        and kpi_values.period_start = periods.period_start

    where
        key_results.metric_type != 'milestone'
        and (
            kpi_values.value is not null
            -- an average counts a period in which nothing was divided by
            or (
                key_results.metric_type = 'average'
                and kpis.kind = 'ratio'
                and kpi_values.numerator is not null
                and kpi_values.denominator is not null
            )
        )

),

with_rates as (

    select
        *,
        numerator / nullif(denominator, 0) as rate

    from points

),

-- the bounds of the KPI: as it says, else 0 for what is counted or paid, and 0 to 1 for a part of a whole;
-- a bound that some value is beyond is none
ranges as (

    select
        key_result_id,
        min(period_grain) as period_grain,
        min(kind) as kind,
        min(period_number) as first_number,
        max(period_number) as last_number,
        min(rate) as least_rate,
        max(rate) as largest_rate,
        -- as it was before the start, so that no later value moves what was said before
        coalesce(avg(case when period_end < start_date then rate end), avg(rate)) as mean_rate,
        max(case
            when lowest_possible is not null then lowest_possible
            when highest_possible is not null then null
            when kind in ('flow', 'stock') then 0
            when kind = 'ratio' and unit = 'ratio' then 0
        end) as lowest_possible,
        max(case
            when highest_possible is not null then highest_possible
            when lowest_possible is null and kind = 'ratio' and unit = 'ratio' then 1
        end) as highest_possible

    from with_rates

    group by 1

),

bounded as (

    select
        key_result_id,
        period_grain,
        kind,
        first_number,
        last_number,
        mean_rate,
        case when least_rate >= lowest_possible then cast(lowest_possible as {{ type_double() }}) end as lowest,
        case when largest_rate <= highest_possible then cast(highest_possible as {{ type_double() }}) end as highest

    from ranges

),

scales as (

    select
        *,
        -- a tenth of the mean distance, so that a value on its bound has one too
        case
            when mean_rate > lowest then (mean_rate - lowest) / 10
            when lowest is not null then 1
        end as from_lowest,
        case
            when mean_rate < highest then (highest - mean_rate) / 10
            when highest is not null then 1
        end as from_highest

    from bounded

),

-- every period between the first and the last, so that rows count periods
every_period as (

    select
        scales.*,
        periods.period_number,
        periods.period_number - scales.first_number + 1 as periods_so_far,
        periods.period_end,
        {{ dbt.datediff(
            'periods.period_start', 'periods.period_end', 'day'
        ) }} + 1 as days_in_period,
        with_rates.value,
        with_rates.numerator,
        with_rates.denominator,
        with_rates.rate,
        case when with_rates.key_result_id is null then 0 else 1 end as is_known

    from scales

    inner join periods
        on scales.period_grain = periods.period_grain
        and scales.first_number <= periods.period_number
        and scales.last_number >= periods.period_number

    left join with_rates
        on scales.key_result_id = with_rates.key_result_id
        and periods.period_number = with_rates.period_number

),

on_scale as (

    select
        *,
        {{ on_scale('rate') }} as scaled,
        case
            when rate is not null
                then cast(periods_so_far as {{ type_double() }})
        end as number_of_value

    from every_period

),

to_date as (

    select
        *,
        coalesce(sum(numerator) over ({{ so_far }}), 0) as numerator_to_date,
        coalesce(sum(denominator) over ({{ so_far }}), 0) as denominator_to_date,
        sum(days_in_period) over ({{ so_far }}) as days_to_date,
        sum(is_known) over ({{ so_far }}) as known_to_date,
        count(scaled) over ({{ so_far }}) as points_to_date,
        coalesce(sum(scaled) over ({{ so_far }}), 0) as places_to_date,
        coalesce(sum(number_of_value) over ({{ so_far }}), 0) as numbers_to_date,
        coalesce(sum(number_of_value * number_of_value) over ({{ so_far }}), 0) as squares_to_date,
        coalesce(sum(number_of_value * scaled) over ({{ so_far }}), 0) as products_to_date,
        -- until when it is the last known
        min(case when is_known = 1 then period_end end) over (
            partition by key_result_id
            order by period_number
            rows between 1 following and unbounded following
        ) as next_known_end,
        -- periods of a recent level, a long one, and a year to look back: weekdays and months come again
        case period_grain
            when 'day' then 7
            when 'week' then 4
            when 'month' then 3
            when 'quarter' then 2
            when 'year' then 2
        end as recent_span,
        case period_grain
            when 'day' then 28
            when 'week' then 13
            when 'month' then 12
            when 'quarter' then 4
            when 'year' then 4
        end as long_span,
        case period_grain
            when 'day' then 364
            when 'week' then 52
            when 'month' then 12
            when 'quarter' then 4
            when 'year' then null
        end as year_span

    from on_scale

),

-- the last few periods, and the last year's or so, are what was there to date less what was before
with_spans as (

    select
        to_date.*,
        to_date.numerator_to_date - coalesce(before_recent.numerator_to_date, 0) as recent_numerator,
        to_date.denominator_to_date - coalesce(before_recent.denominator_to_date, 0) as recent_denominator,
        to_date.numerator_to_date - coalesce(before_long.numerator_to_date, 0) as long_numerator,
        to_date.denominator_to_date - coalesce(before_long.denominator_to_date, 0) as long_denominator,
        to_date.days_to_date - coalesce(before_long.days_to_date, 0) as long_days,
        to_date.points_to_date - coalesce(before_long.points_to_date, 0) as long_points,
        to_date.places_to_date - coalesce(before_long.places_to_date, 0) as long_places,
        to_date.numbers_to_date - coalesce(before_long.numbers_to_date, 0) as long_numbers,
        to_date.squares_to_date - coalesce(before_long.squares_to_date, 0) as long_squares,
        to_date.products_to_date - coalesce(before_long.products_to_date, 0) as long_products

    from to_date

    left join to_date as before_recent -- noqa: AL07
        on to_date.key_result_id = before_recent.key_result_id
        and to_date.period_number - to_date.recent_span = before_recent.period_number

    left join to_date as before_long -- noqa: AL07
        on to_date.key_result_id = before_long.key_result_id
        and to_date.period_number - to_date.long_span = before_long.period_number

),

with_span_rates as (

    select
        *,
        recent_numerator / nullif(recent_denominator, 0) as recent_rate,
        long_numerator / nullif(long_denominator, 0) as long_rate

    from with_spans

),

final as (

    select
        key_result_id,
        period_grain,
        kind,
        period_number,
        period_end,
        next_known_end,
        periods_so_far,
        is_known = 1 as is_known,
        lowest,
        highest,
        from_lowest,
        from_highest,
        value,
        scaled,
        numerator_to_date,
        denominator_to_date,
        known_to_date,
        points_to_date,
        recent_span,
        long_span,
        year_span,
        recent_rate,
        long_rate,
        long_denominator / nullif(long_days, 0) as denominator_a_day,
        {{ on_scale('recent_rate') }} as recent_scaled,
        {{ on_scale('long_rate') }} as long_scaled,
        -- least squares; with fewer than four points there is no line
        case when long_points >= 4 then
            (long_products - long_numbers * long_places / long_points)
            / nullif(long_squares - long_numbers * long_numbers / long_points, 0)
        end as slope

    from with_span_rates

)

select * from final
