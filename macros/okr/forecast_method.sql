{# How the value at the due date is forecast: sums and averages by their run rate, levels by the trend of the last six periods. #}
{% macro forecast_method(metric_type) -%}
    case
            when {{ metric_type }} in ('cumulative', 'cumulative_at_most', 'average') then 'run_rate'
            else 'trend'
        end
{%- endmacro %}

{# The forecast of a trend so many periods after a row of int_okr__series. #}
{% macro trend_forecast(periods_ahead, series=none) -%}
    {%- set row = series ~ '.' if series else '' -%}
    {{ row }}mean_level + {{ row }}trend_slope
            * ({{ row }}period_number + {{ periods_ahead }} - {{ row }}mean_number)
{%- endmacro %}
