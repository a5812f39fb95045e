{# The day of the reporting calendar: a bare date is one already, a timestamp is UTC unless it carries an offset. #}
{% macro reporting_date(value) -%}
    case
        when length(trim(cast({{ value }} as {{ dbt.type_string() }}))) <= 10
            then {{ try_cast(value, 'date') }}
        else cast({{ utc_to_reporting(value, setting('reporting_timezone')) }} as date)
    end
{%- endmacro %}

{# A UTC timestamp (text or typed) as local time of a zone: a naive one needs both conversions. #}
{% macro utc_to_reporting(value, timezone) -%}
    {{ return(adapter.dispatch('utc_to_reporting', 'okr_metrics')(value, timezone)) }}
{%- endmacro %}

{% macro default__utc_to_reporting(value, timezone) -%}
    timezone({{ dbt.string_literal(timezone) }}, case
        when regexp_matches(cast({{ value }} as varchar), '([+-]\d{2}(:?\d{2})?|Z)$') and length(cast({{ value }} as varchar)) > 19
            then try_cast(cast({{ value }} as varchar) as timestamp with time zone)
        else timezone('UTC', try_cast({{ value }} as timestamp))
    end)
{%- endmacro %}

{% macro postgres__utc_to_reporting(value, timezone) -%}
    timezone({{ dbt.string_literal(timezone) }}, case
        when cast({{ value }} as text) ~ '\d([+-]\d{2}(:?\d{2})?|Z)$' and length(cast({{ value }} as text)) > 19
            then {{ try_cast(value, 'timestamptz') }}
        else timezone('UTC', {{ try_cast(value, 'timestamp') }})
    end)
{%- endmacro %}

{% macro spark__utc_to_reporting(value, timezone) -%}
    from_utc_timestamp(try_cast({{ value }} as timestamp_ntz), {{ dbt.string_literal(timezone) }})
{%- endmacro %}
