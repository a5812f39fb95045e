{# The value of a setting: the var okr_metrics_<name>, else the default; the demo has its own day, currency, zone and event. A wrong value stops with the valid ones. #}
{% macro setting(name) -%}
    {%- set given = var('okr_metrics_' ~ name, none) -%}
    {%- if given is not none -%}
        {%- do check_setting(name, given) -%}
        {{ return(given) }}
    {%- endif -%}
    {%- set row = settings()[name] -%}
    {%- set default = row.in_demo if row.in_demo is defined and demo_is_on() else row.default -%}
    {%- if default is none and name == 'as_of_date' -%}
        {#- yesterday: the one place that looks at a clock -#}
        {%- set now = run_started_at.astimezone(modules.pytz.timezone(setting('reporting_timezone'))) -%}
        {{ return((now - modules.datetime.timedelta(days=1)).strftime('%Y-%m-%d')) }}
    {%- endif -%}
    {{ return(default) }}
{%- endmacro %}

{# The as-of date (the last day read) as SQL. #}
{% macro as_of_date() -%}
    cast('{{ setting("as_of_date") }}' as date)
{%- endmacro %}
