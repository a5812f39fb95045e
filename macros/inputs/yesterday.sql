{# Yesterday in a time zone, as an ISO date: the one place that looks at a clock. #}
{% macro yesterday(timezone) -%}
    {%- set now = run_started_at.astimezone(modules.pytz.timezone(timezone)) -%}
    {{ return((now - modules.datetime.timedelta(days=1)).strftime('%Y-%m-%d')) }}
{%- endmacro %}
