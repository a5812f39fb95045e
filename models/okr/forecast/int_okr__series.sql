{#- grain: key result x complete period in which its KPI has a value, with what a forecast made at its end rests on -#}
{{ config(enabled=okr_is_on()) }}
{%- set series = 'partition by key_result_id order by period_number' %}

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
        {% for part in ['rate_numerator', 'rate_denominator'] -%}
        sum({{ part }}) over (
            {{ series }} rows between unbounded preceding and current row
        ) as {{ part }}_to_date,
        {% endfor -%}
        {% for name, term in {
            'trend_points': '1', 'mean_level': 'level',
            'mean_number': 'period_number',
            'mean_product': 'level * period_number',
            'mean_square': '1e0 * period_number * period_number',
        }.items() -%}
        {{ 'count' if term == '1' else 'avg' }}({{ term }}) over (
            {{ series }} rows between 5 preceding and current row
        ) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from points

),

final as (

    select
        key_result_id,
        period_number,
        point_number,
        period_end,
        level,
        rate_numerator,
        rate_denominator,
        rate_numerator_to_date,
        rate_denominator_to_date,
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
