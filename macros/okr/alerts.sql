{# How much an event matters. #}
{% macro alert_severity() -%}
    case
            when events.kind = 'guardrail_breached' or events.state in ('missed', 'off_track') then 'critical'
            when events.state in ('achieved', 'on_track', 'not_started') then 'info'
            else 'warning'
        end
{%- endmacro %}

{# Where the dashboard shows an event: its section; null without okr_metrics_link. #}
{% macro alert_link() -%}
    {%- if setting('link') is none -%}
    cast(null as {{ dbt.type_string() }})
    {%- else -%}
    {{ dbt.string_literal(setting('link')) }}
        || case when events.kind = 'kpi_unhealthy' then '#health' else '#okr' end
    {%- endif -%}
{%- endmacro %}

{# A status as a sentence has it. #}
{% macro status_text(status) -%}
    replace(replace({{ status }}, 'no_data', 'without data'), '_', ' ')
{%- endmacro %}
