{#- grain: KPI x complete period x segment with a value, and its signals on both sides -#}
{{ config(enabled=marts_are_on()) }}
{%- set in_order = 'partition by kpi_id, period_grain, dimension, dimension_value order by point_number' %}
{%- set sides = {'above': 1, 'below': -1} %}

with

predictions as (

    select * from {{ ref('int_kpi__predictions') }}

),

with_sides as (

    select
        *,
        -- of a ratio its parts, of all else the values
        sum(coalesce(numerator, value)) over (
            {{ in_order }}
            rows between unbounded preceding and 1 preceding
        ) as top_before,
        sum(coalesce(denominator, 1)) over (
            {{ in_order }}
            rows between unbounded preceding and 1 preceding
        ) as bottom_before,
        {% for side, sign in sides.items() -%}
        {{ sign }} * z as z_{{ side }},
        {{ 'tested - highest_before' if sign > 0 else 'lowest_before - tested' }}
        > highest_before - lowest_before
        and highest_before > lowest_before as is_{{ side }}_history,
        -- back to usual is who is no further than this
        coalesce(
            prediction + {{ sign }} * sigma,
            {{ 'highest' if sign > 0 else 'lowest' }}_before
        ) as usual_{{ side }}{{ ',' if not loop.last }}
        {% endfor %}
    from predictions

),

with_points_before as (

    select
        *,
        {% for side in sides -%}
        {% for back in [1, 2] -%}
        {% for column in ['z', 'usual'] -%}
        lag({{ column }}_{{ side }}, {{ back }}) over ({{ in_order }})
            as {{ column }}_{{ side }}_{{ back }},
        {% endfor -%}
        {% endfor -%}
        lag(is_{{ side }}_history) over ({{ in_order }})
            as is_{{ side }}_history_1{{ ',' if not loop.last }}
        {% endfor %}
    from with_sides

),

with_signals as (

    select
        *,
        {% for side in sides -%}
        case
            when
                z_{{ side }} + z_{{ side }}_1 + z_{{ side }}_2 > 5.5
                and (
                    z_{{ side }} > 1
                    and z_{{ side }}_1 > 0.5
                    and z_{{ side }}_2 > 0.5
                    -- a fall that usual changes don't make good
                    or is_by_change
                    and z_{{ side }}_2 > 3
                    and z_{{ side }}_1 + z_{{ side }}_2 > 3
                )
                then 3
            when
                z_{{ side }} + z_{{ side }}_1 > 4.8
                and (
                    z_{{ side }} > 1
                    and z_{{ side }}_1 > 1
                    or is_by_change
                    and z_{{ side }}_1 > 3
                )
                or is_{{ side }}_history
                and is_{{ side }}_history_1
                then 2
            when z_{{ side }} > 3 or is_{{ side }}_history then 1
            else 0
        end as points_{{ side }}{{ ',' if not loop.last }}
        {% endfor %}
    from with_points_before

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
        top_before,
        bottom_before,
        tested,
        prediction,
        sigma,
        z,
        mean_step,
        lowest_before,
        highest_before,
        {% for side in sides -%}
        is_{{ side }}_history,
        points_{{ side }},
        case points_{{ side }}
            when 3 then usual_{{ side }}_2
            when 2 then usual_{{ side }}_1
            when 1 then usual_{{ side }}
        end as usual_{{ side }}{{ ',' if not loop.last }}
        {% endfor %}
    from with_signals

)

select * from final
