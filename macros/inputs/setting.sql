{# The value of a setting: the var okr_metrics_<name>, else the demo's, else the default. A wrong value stops with the valid ones. #}
{% macro setting(name) -%}
    {%- set given = var('okr_metrics_' ~ name, none) -%}
    {%- if given is not none -%}
        {%- do check_setting(name, given) -%}
        {{ return(given) }}
    {%- endif -%}
    {%- set default = setting_defaults()[name] -%}
    {{ return(yesterday(setting('reporting_timezone')) if default is none and name == 'as_of_date' else default) }}
{%- endmacro %}

{# Every setting with its default; the demo has its own day, currency and zone. #}
{% macro setting_defaults(of_demo=none) -%}
    {%- set defaults = {
        'as_of_date': none,
        'first_day': '1970-01-01',
        'reporting_currency': 'USD',
        'reporting_timezone': 'UTC',
        'period_grains': ['week', 'month', 'quarter', 'year'],
        'week_start': 'monday',
        'fiscal_year_start_month': 1,
        'max_reject_share': 0.05,
        'max_rejected_money_share': 0.005,
        'order_statuses': {},
        'max_value_age_days': 100,
        'data_starts': {},
        'max_input_age_days': none,
        'on_track_gap': -0.1,
        'at_risk_gap': -0.3,
        'lapse_days': 90,
        'ignored_channels': [],
        'usage_events': [],
        'activation_event': none,
        'activation_days': 14,
        'health_baseline_periods': 12,
        'custom_kpis': [],
        'lookback_days': none,
        'subscription_statuses': {},
        'churn_reason_types': {},
        'publish_to': none,
        'history_format': none,
        'language': 'en',
        'rules': {},
        'alert_days': 31,
        'link': none,
        'dimensions': {},
        'customer_identity': none,
    } -%}
    {%- if (demo_is_on() if of_demo is none else of_demo) -%}
        {%- do defaults.update({'as_of_date': '2026-09-13', 'reporting_currency': 'EUR', 'reporting_timezone': 'Europe/Paris', 'activation_event': 'menu_published'}) -%}
    {%- endif -%}
    {{ return(defaults) }}
{%- endmacro %}
