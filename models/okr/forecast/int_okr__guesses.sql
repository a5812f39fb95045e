{{ config(enabled=okr_is_on()) }}
{%- set methods = ['recent_level', 'long_level', 'last_with_trend', 'trend_line', 'year_ago'] %}

with

methods as (

    select * from {{ ref('int_okr__methods') }}

),

-- what is known at a period end of forecasts so many periods ahead was said that many periods before
with_past as (

    select
        methods.*,
        {% for name in methods -%}
        coalesce(past.{{ name }}_squares, 0) as past_{{ name }}_squares,
        coalesce(past.{{ name }}_cases, 0) as past_{{ name }}_cases,
        {% endfor -%}
        {% for name in methods -%}
        coalesce(past.{{ name }}_squares, 0){{ ' + ' if not loop.last }}
        {%- endfor %} as past_squares,
        {% for name in methods -%}
        coalesce(past.{{ name }}_cases, 0){{ ' + ' if not loop.last }}
        {%- endfor %} as past_cases

    from methods

    left join methods as past -- noqa: AL07
        on methods.key_result_id = past.key_result_id
        and methods.horizon = past.horizon
        and methods.period_number - methods.horizon = past.period_number

),

with_mean as (

    select
        *,
        past_squares / nullif(past_cases, 0) as mean_square

    from with_past

),

-- by the mean squared error to the power of -3, with one more case that is as wrong as all methods are on average
weighted as (

    select
        *,
        {% for name in methods -%}
        case
            when {{ name }} is null then 0
            when coalesce(mean_square, 0) = 0 then 1
            else power(
                (past_{{ name }}_squares / mean_square + 1) / (past_{{ name }}_cases + 1) + 0.001,
                -3
            )
        end as {{ name }}_weight{{ ',' if not loop.last }}
        {% endfor %}
    from with_mean

),

guessed as (

    select
        *,
        (
            {% for name in methods -%}
            coalesce({{ name }} * {{ name }}_weight, 0){{ ' + ' if not loop.last }}
            {%- endfor %}
        ) / nullif(
            {% for name in methods -%}
            {{ name }}_weight{{ ' + ' if not loop.last }}
            {%- endfor %}, 0
        ) as guess

    from weighted

),

with_error as (

    select
        *,
        -- a forecast from fewer than six points is no case; what a float has blurred is no error
        case
            when points_to_date < 6 then null
            when abs(guess - outcome) < 1e-9 * (1 + abs(guess)) then 0e0
            else guess - outcome
        end as error

    from guessed

),

-- the more a forecast had seen, the more its error says of today's
with_error_weight as (

    select
        *,
        case when error is not null then power(points_to_date - 5e0, 2) end as error_weight

    from with_error

),

final as (

    select
        key_result_id,
        period_number,
        horizon,
        method,
        kind,
        periods_so_far,
        lowest,
        highest,
        from_lowest,
        from_highest,
        guess,
        outcome,
        rate_ahead,
        error,
        -- of the last 24 periods (of days as many weeks): what has been learnt since isn't held against a forecast
        {% for name, expression in {
            'cases': 'count(error)', 'weights': 'sum(error_weight)', 'sizes': 'sum(error_weight * abs(error))',
        }.items() -%}
        case
            when period_grain = 'day'
                then {{ expression }} over (
                    partition by key_result_id, horizon
                    order by period_number
                    rows between 167 preceding and current row
                )
            else {{ expression }} over (
                partition by key_result_id, horizon
                order by period_number
                rows between 23 preceding and current row
            )
        end as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from with_error_weight

)

select * from final
