{# The value of a setting: the var okr_metrics_<name>, else the demo's, else the default. A wrong value stops with the valid ones. #}
{% macro setting(name) -%}
    {%- set defaults = {
        'reporting_currency': 'USD',
        'reporting_timezone': 'UTC',
        'period_grains': ['week', 'month', 'quarter', 'year'],
        'week_start': 'monday',
        'max_reject_share': 0.05,
        'max_value_age_days': 100,
        'on_track_gap': -0.1,
        'at_risk_gap': -0.3,
        'lapse_days': 90,
    } -%}
    {%- if demo_is_on() -%}
        {%- do defaults.update({'as_of_date': '2026-09-13', 'reporting_currency': 'EUR', 'reporting_timezone': 'Europe/Paris'}) -%}
    {%- endif -%}
    {%- set value = var('okr_metrics_' ~ name, none) -%}
    {%- if value is none -%}
        {%- set value = yesterday(setting('reporting_timezone')) if name == 'as_of_date' and name not in defaults else defaults[name] -%}
    {%- endif -%}
    {%- do check_setting(name, value) -%}
    {{ return(value) }}
{%- endmacro %}
