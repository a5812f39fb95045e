{{ config(enabled=okr_is_on()) }}
{%- set series = 'partition by key_result_id order by period_number' %}
{%- set last_six = series ~ ' rows between 5 preceding and current row' %}

with

key_results as (

    select * from {{ ref('int_okr__key_results') }}

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

kpi_values as (

    select * from {{ ref('kpi__values') }}

    where
        is_complete_period
        and value is not null

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

points as (

    select
        key_results.key_result_id,
        kpi_values.period_end,
        cast(periods.period_number as integer) as period_number,
        cast(kpi_values.value as {{ type_double() }}) as level,
        -- a run rate is a numerator over a denominator: the sum over its days, or the parts of an average
        case
            when key_results.metric_type = 'average' and kpis.kind = 'ratio'
                then kpi_values.numerator
            else kpi_values.value
        end as rate_numerator,
        case
            when
                key_results.metric_type in ('cumulative', 'cumulative_at_most')
                then {{ dbt.datediff(
                    'kpi_values.period_start', 'kpi_values.period_end', 'day'
                ) }} + 1
            when kpis.kind = 'ratio' then kpi_values.denominator
            else 1
        end as rate_denominator

    from key_results

    inner join kpis on key_results.kpi_id = kpis.kpi_id

    inner join kpi_values on {{ same_kpi('key_results', 'kpi_values') }}

    inner join periods
        on kpi_values.period_grain = periods.period_grain
        and kpi_values.period_start = periods.period_start

    where key_results.metric_type != 'milestone'

),

with_sums as (

    select
        *,
        row_number() over ({{ series }}) as point_number,
        sum(rate_numerator) over (
            {{ series }} rows between unbounded preceding and current row
        ) as rate_numerator_to_date,
        sum(rate_denominator) over (
            {{ series }} rows between unbounded preceding and current row
        ) as rate_denominator_to_date,
        count(1) over ({{ last_six }}) as trend_points,
        avg(level) over ({{ last_six }}) as mean_level,
        avg(period_number) over ({{ last_six }}) as mean_number,
        avg(level * period_number) over ({{ last_six }}) as mean_product,
        avg(1e0 * period_number * period_number) over ({{ last_six }})
            as mean_square

    from points

),

final as (

    select
        key_result_id,
        period_number,
        point_number,
        period_end,
        level,
        rate_numerator_to_date,
        rate_numerator_to_date - rate_numerator as rate_numerator_before,
        rate_denominator_to_date,
        rate_denominator_to_date - rate_denominator as rate_denominator_before,
        mean_level,
        mean_number,
        -- least squares through the last six points; with fewer than three there is no line
        case when trend_points >= 3 then
            (mean_product - mean_level * mean_number)
            / nullif(mean_square - mean_number * mean_number, 0)
        end as trend_slope

    from with_sums

)

select * from final
