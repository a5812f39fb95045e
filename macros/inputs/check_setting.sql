{# Stops with one plain sentence where a setting's value isn't valid. #}
{% macro check_setting(name, value) -%}
    {%- if name == 'dimensions' -%}
        {%- do check_dimensions(value) -%}
    {%- endif -%}
    {%- set problem = problem_of_choice(name, value) or problem_of_value(name, value) -%}
    {%- if problem -%}
        {{ exceptions.raise_compiler_error("okr_metrics_" ~ name ~ ": '" ~ value ~ "' isn't valid. It must be " ~ problem ~ ".") }}
    {%- endif -%}
{%- endmacro %}

{# What a setting must be that is chosen from some, or a name, where it isn't. #}
{% macro problem_of_choice(name, value) -%}
    {%- set grains = ['day', 'week', 'month', 'quarter', 'year'] -%}
    {%- set days = ['monday', 'sunday', 'saturday'] -%}
    {%- set problem = namespace(text=none) -%}
    {%- if name == 'customer_identity' and value not in (none, 'shared', 'per_source') -%}
        {%- set problem.text = 'shared (an id is one customer in every source), per_source (each source has its own), or null to be asked where it matters' -%}
    {%- elif name == 'period_grains' and (value is string or not value or value | reject('in', grains) | list) -%}
        {%- set problem.text = 'a list of: ' ~ grains | join(', ') -%}
    {%- elif name == 'week_start' and value not in days -%}
        {%- set problem.text = 'one of: ' ~ days | join(', ') -%}
    {#- the v2 engine of dbt has no list of zones -#}
    {%- elif name == 'reporting_timezone' and modules.pytz.all_timezones_set is defined and value not in modules.pytz.all_timezones_set -%}
        {%- set problem.text = 'a name of the time zone database, such as UTC, Europe/Paris, America/New_York' -%}
    {%- elif name == 'as_of_date' and not (is_day(value | string) and value | string >= '1970') -%}
        {%- set problem.text = 'a date from 1970 on, such as 2026-09-13' -%}
    {%- elif name == 'reporting_currency' and not modules.re.match('^[A-Z]{3}$', value | string) -%}
        {%- set problem.text = 'an ISO 4217 code such as EUR' -%}
    {%- elif name == 'fiscal_year_start_month' and not (value is integer and 1 <= value <= 12) -%}
        {%- set problem.text = 'the number of a month, 1 to 12' -%}
    {%- elif name == 'health_baseline_periods' and not (value is integer and value >= 6) -%}
        {%- set problem.text = 'a whole number of periods, 6 or more' -%}
    {%- elif name in ('ignored_channels', 'usage_events', 'custom_kpis') and (value is string or value is mapping or value is not iterable) -%}
        {%- set problem.text = 'a list of names' -%}
    {%- endif -%}
    {{ return(problem.text) }}
{%- endmacro %}

{# What a setting must be that is a number, a text or a mapping, where it isn't. #}
{% macro problem_of_value(name, value) -%}
    {%- set problem = namespace(text=none) -%}
    {%- if name == 'publish_to' and value is not none and not are_publish_targets(value) -%}
        {%- set problem.text = publish_targets().text -%}
    {%- elif name == 'activation_event' and not (value is none or value is string) -%}
        {%- set problem.text = 'the name of an event' -%}
    {%- elif name == 'history_format' and value not in (none, 'delta', 'iceberg', 'hudi') -%}
        {%- set problem.text = 'one of: delta, iceberg, hudi' -%}
    {%- elif name == 'link' and not (value is none or modules.re.match('^https?://[^\s<>|#"\'\\\\]+$', value | string)) -%}
        {%- set problem.text = 'an address such as https://bi.example.com/okr without # or quotes, or null' -%}
    {%- elif name == 'alert_days' and not (value is integer and value >= 1) -%}
        {%- set problem.text = 'a whole number of days, 1 or more' -%}
    {%- elif name in ('max_value_age_days', 'lapse_days', 'activation_days') and not (value is integer and value >= 0) -%}
        {%- set problem.text = 'a whole number of days' -%}
    {%- elif name == 'data_starts' and not are_data_starts(value) -%}
        {%- set problem.text = 'a date such as 2024-01-01 by input, of the inputs ' ~ inputs_with_a_start() | join(', ') -%}
    {%- elif name == 'max_input_age_days' and not are_input_ages(value) -%}
        {%- set problem.text = 'a whole number of days, or one by input, of the inputs ' ~ covered_inputs() | join(', ') -%}
    {%- elif name == 'lookback_days' and not (value is none or (value is integer and value >= 0)) -%}
        {%- set problem.text = 'a whole number of days, or null to read all rows in each build' -%}
    {%- elif name in ('on_track_gap', 'at_risk_gap') and not (value is number and -1 <= value <= 0) -%}
        {%- set problem.text = 'a share from -1 to 0' -%}
    {%- elif name == 'subscription_statuses' and not are_words_of(value, subscription_statuses()) -%}
        {%- set problem.text = 'a mapping of your words to statuses, such as {in_trial: trialing}; the statuses are: ' ~ subscription_statuses() | join(', ') -%}
    {%- elif name == 'churn_reason_types' and not are_words_of(value, ['voluntary', 'involuntary', 'unknown']) -%}
        {%- set problem.text = 'a mapping of your reasons to types, such as {dunning: involuntary}; the types are: voluntary, involuntary, unknown' -%}
    {%- elif name in ('max_reject_share', 'max_rejected_money_share') and not (value is number and 0 <= value <= 1) -%}
        {%- set problem.text = 'a share from 0 to 1' -%}
    {%- elif name == 'order_statuses' -%}
        {%- set problem.text = order_statuses_problem(value) -%}
    {%- endif -%}
    {{ return(problem.text) }}
{%- endmacro %}

{# Whether a value is a mapping of words to some of the allowed ones. #}
{% macro are_words_of(value, allowed) -%}
    {{ return(value is mapping and not value.values() | reject('in', allowed) | list) }}
{%- endmacro %}

{# Whether a value is a target that tables can be published to here, or a list of them. #}
{% macro are_publish_targets(value) -%}
    {%- set pattern = publish_targets().pattern -%}
    {%- set targets = [value] if value is string else value -%}
    {{ return(targets is sequence and modules.re.match('^' ~ pattern ~ '(\n' ~ pattern ~ ')*$', targets | join('\n'))) }}
{%- endmacro %}
