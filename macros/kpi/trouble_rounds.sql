{# Rounds that keep, of signals that overlap, the first that lies in no earlier trouble, and mark what lies inside one. CTEs after_round_1 and on. #}
{% macro trouble_rounds(before, rounds) -%}
{%- set earlier -%}
    over (
        partition by kpi_id, period_grain, dimension, dimension_value, side
        order by found_at
        rows between unbounded preceding and 1 preceding
    )
{%- endset -%}
{% for number in range(1, rounds + 1) -%}
after_round_{{ number }} as (

    select
        {% for column in [
            'kpi_id', 'period_grain', 'dimension', 'dimension_value', 'side', 'wish', 'found_at', 'first_point', 'usual',
            'longest', 'back_at', 'end_point',
        ] -%}
        {{ column }},
        {% endfor -%}
        is_kept_now as is_kept,
        not is_kept_now
        and coalesce(
            max(case when is_kept_now then end_point end) {{ earlier }}, 0
        ) > first_point as is_inside

    from (
        select
            *,
            is_kept
            or (
                not is_inside
                and coalesce(
                    max(case when not is_kept and not is_inside then end_point end)
                    {{ earlier }},
                    0
                ) <= first_point
            ) as is_kept_now

        from {{ before if number == 1 else 'after_round_' ~ (number - 1) }}
    ) as tried

),
{{ '\n' if not loop.last }}
{%- endfor %}
{%- endmacro %}
