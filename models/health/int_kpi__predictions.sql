{#- grain: KPI x complete period x segment with a value, and what the points before it let one expect -#}
{{ config(enabled=marts_are_on()) }}
{%- set series = 'partition by kpi_id, period_grain, dimension, dimension_value' %}
{%- set in_order = series ~ ' order by period_start' %}
{%- set first_points = setting('health_baseline_periods') %}
{%- set points_in_year = {'day': 364, 'week': 52, 'month': 12, 'quarter': 4} %}
{%- set columns = [
    'kpi_id', 'period_grain', 'period_start', 'period_label', 'dimension', 'dimension_value', 'period_number',
    'point_number', 'value', 'previous_value', 'numerator', 'denominator', 'is_judged', 'is_by_change', 'wish', 'tested',
    'origin', 'points_of_history', 'lowest_of_history', 'highest_of_history',
] %}

with

kpi_values as (

    select * from {{ ref('kpi__values') }}

    where
        is_complete_period
        and value is not null

),

kpis as (

    select * from {{ ref('int_kpi__judgement') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

points as (

    select
        kpi_values.kpi_id,
        kpi_values.period_grain,
        kpi_values.period_start,
        kpi_values.period_label,
        kpi_values.dimension,
        kpi_values.dimension_value,
        kpi_values.value,
        kpi_values.numerator,
        kpi_values.denominator,
        periods.period_number,
        kpis.is_judged,
        kpis.is_by_change,
        kpis.is_of_counts,
        kpis.wish

    from kpi_values

    inner join kpis on kpi_values.kpi_id = kpis.kpi_id

    inner join periods
        on kpi_values.period_grain = periods.period_grain
        and kpi_values.period_start = periods.period_start

),

numbered as (

    select
        *,
        row_number() over ({{ in_order }}) as point_number,
        lag(value) over ({{ in_order }}) as previous_value

    from points

),

tested_points as (

    select
        *,
        case
            when is_by_change then value - previous_value
            else value
        end as tested

    from numbered

),

with_origin as (

    select
        *,
        abs(tested - lag(tested) over ({{ in_order }})) as step,
        max(
            case
                when point_number = case when is_by_change then 2 else 1 end
                    then tested
            end
        ) over ({{ series }}) as origin

    from tested_points

),

-- floats add up squares exactly enough only of what is near nought
centred_points as (

    select
        *,
        cast(tested - origin as {{ type_double() }}) as centred

    from with_origin

),

with_history as (

    select
        *,
        {% for name, function in {
            'points_of_history': 'count', 'lowest_of_history': 'min', 'highest_of_history': 'max'
        }.items() -%}
        {{ function }}(tested) over (
            {{ in_order }} rows between unbounded preceding and 3 preceding
        ) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from centred_points

),

{% if first_points -%}
-- natural limits, as on an XmR chart
with_first_points as (

    select
        *,
        count(case when point_number <= {{ first_points }} then centred end)
            over ({{ series }}) as points,
        sum(case when point_number <= {{ first_points }} then centred end)
            over ({{ series }}) as sum_of_first,
        cast(
            sum(case when point_number <= {{ first_points }} then step end)
                over ({{ series }})
            as {{ type_double() }}
        ) as steps_of_first

    from with_history

),

with_mean as (

    select
        {% for column in columns -%}
        {{ column }},
        {% endfor -%}
        case when points >= 6 then points end as points,
        case
            when points >= 6
                then cast(origin as {{ type_double() }}) + sum_of_first / points
        end as prediction,
        case when points >= 6 then steps_of_first / (points - 1) end as mean_step

    from with_first_points

),

with_prediction as (

    select
        *,
        -- a difference that a division of floats can make is none
        2.66 / 3 * mean_step + 1e-9 * (abs(prediction) + mean_step) as sigma

    from with_mean

),

{% else -%}
-- it ends so early that no point of a signal is in it
with_sums as (

    {% for grain in setting('period_grains') -%}
    {%- set window = health_window(grain) -%}
    {%- set baseline = in_order ~ ' rows between ' ~ (window + 2) ~ ' preceding and 3 preceding' -%}
    select
        *,
        count(centred) over ({{ baseline }}) as points_before,
        sum(centred) over ({{ baseline }}) as sum_before,
        sum(centred * centred) over ({{ baseline }}) as squares_before,
        sum(centred * point_number) over ({{ baseline }}) as products_before,
        -- the first has its step from a point outside
        sum(step) over (
            {{ in_order }}
            rows between {{ window + 1 }} preceding and 3 preceding
        ) as steps_before,
        sum(numerator) over ({{ baseline }}) as numerator_before,
        sum(denominator) over ({{ baseline }}) as denominator_before

    from with_history

    where period_grain = '{{ grain }}'
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

baselines as (

    select
        *,
        case
            when points_before >= 8
                then cast(points_before as {{ type_double() }})
        end as points,
        {% for part in ['steps', 'numerator', 'denominator'] -%}
        cast({{ part }}_before as {{ type_double() }}) as {{ part }}_sum
        {{- ',' if not loop.last }}
        {% endfor %}
    from with_sums

),

-- least squares: the numbers of the points are one apart, so that their mean and squares are known
moments as (

    select
        *,
        sum_before / points as centred_mean,
        greatest(squares_before - sum_before * sum_before / points, 0)
            as deviations,
        point_number - 3 - (points - 1) / 2 as middle,
        points * (points * points - 1) / 12 as squares_of_numbers,
        steps_sum / (points - 1) as mean_step,
        steps_sum / (points - 1) / 1.128 as spread_of_steps

    from baselines

),

slopes as (

    select
        *,
        (products_before - middle * sum_before) / squares_of_numbers as slope

    from moments

),

lines as (

    select
        *,
        least(slope * slope * squares_of_numbers, deviations) as on_the_line

    from slopes

),

-- a slope counts that is more than three standard errors from nought
with_slope as (

    select
        *,
        coalesce(
            on_the_line > 9.000001 * (deviations - on_the_line) / (points - 2),
            false
        ) as is_sloped

    from lines

),

with_spread as (

    select
        *,
        case
            when is_sloped
                then sqrt((deviations - on_the_line) / (points - 2))
            else sqrt(deviations / (points - 1))
        end as spread,
        sqrt(1 + 1 / points + case
            when is_sloped
                then (point_number - middle) * (point_number - middle)
                / squares_of_numbers
            else 0
        end) as width_of_prediction,
        -- growth in the wished direction isn't promised beyond the baseline
        centred_mean + case
            when not is_sloped then 0
            when slope * wish > 0 then slope * (point_number - 3 - middle)
            else slope * (point_number - middle)
        end as centred_prediction,
        -- the error that a ratio of counts has by its own denominator
        case
            when is_of_counts and denominator > 0
                then sqrt(greatest(
                    (numerator_sum + 0.5) * (denominator_sum + 0.5 - numerator_sum),
                    0
                ) / cast(denominator as {{ type_double() }}))
                / (denominator_sum + 1)
        end as error_of_counts

    from with_slope

),

with_prediction as (

    select
        *,
        cast(origin as {{ type_double() }}) + centred_prediction as prediction,
        greatest(
            -- what wanders, its spread beyond that of its steps, is known less well
            greatest(spread_of_steps, spread) * width_of_prediction
            * greatest(coalesce(spread / nullif(spread_of_steps, 0) / 1.4, 1), 1),
            coalesce(error_of_counts, 0),
            -- a difference that a division of floats can make is none
            1e-9 * (
                abs(cast(origin as {{ type_double() }}) + centred_prediction)
                + cast(
                    abs(value) + abs(tested) + abs(origin) as {{ type_double() }}
                )
            )
        ) as sigma

    from with_spread

),

{% endif -%}
with_deviation as (

    select
        *,
        cast(tested as {{ type_double() }}) - prediction as deviation,
        coalesce(
            (cast(tested as {{ type_double() }}) - prediction)
            / nullif(sigma, 0),
            case when points is not null then 0 end
        ) as deviation_in_sigmas

    from with_prediction

),

-- the same period of both years before; null where one has no value, or a point between them is missing
with_years as (

    select
        *,
        {% for years in [1, 2] -%}
        {% for column in ['deviation', 'deviation_in_sigmas'] -%}
        cast(case
            when period_grain = 'year' then null
            {%- for grain in setting('period_grains') if grain != 'year' %}
            {%- set back = years * points_in_year[grain] %}
            when
                period_grain = '{{ grain }}'
                and lag(period_number, {{ back }}) over ({{ in_order }})
                = period_number - {{ back }}
                then lag({{ column }}, {{ back }}) over ({{ in_order }})
            {%- endfor %}
        end as {{ type_double() }}) as {{ column }}_{{ years }}
        {{- ',' if not loop.last }}
        {% endfor %}
        {{- ',' if not loop.last }}
        {% endfor %}
    from with_deviation

),

-- what moved likewise in both is expected to do so again
with_season as (

    select
        *,
        case
            {%- if not first_points %}
            when
                deviation_in_sigmas_1 * sign(deviation_in_sigmas) > 2
                and deviation_in_sigmas_2 * sign(deviation_in_sigmas) > 2
                then (deviation_1 + deviation_2) / 2
            {%- endif %}
            when points is not null then 0
        end as seasonal

    from with_years

),

final as (

    select
        kpi_id,
        period_grain,
        period_start,
        period_label,
        dimension,
        dimension_value,
        point_number,
        value,
        previous_value,
        numerator,
        denominator,
        is_judged,
        is_by_change,
        wish,
        cast(tested as {{ type_double() }}) as tested,
        prediction + seasonal as prediction,
        case when points is not null then sigma end as sigma,
        deviation_in_sigmas - coalesce(seasonal / nullif(sigma, 0), 0) as z,
        mean_step,
        {% for bound in ['lowest', 'highest'] -%}
        case
            when points_of_history >= 4
                then cast({{ bound }}_of_history as {{ type_double() }})
        end as {{ bound }}_before{{ ',' if not loop.last }}
        {% endfor %}
    from with_season

)

select * from final
