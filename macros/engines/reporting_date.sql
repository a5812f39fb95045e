{# The day of the reporting calendar: a bare date is one already, a timestamp is UTC unless it carries an offset. #}
{% macro reporting_date(value) -%}
    case
        when {{ is_bare_date(value) }}
            then {{ try_cast(value, 'date') }}
        else cast({{ utc_to_reporting(value, setting('reporting_timezone')) }} as date)
    end
{%- endmacro %}

{# Whether a value has no time of day. #}
{% macro is_bare_date(value) -%}
    {{ return(adapter.dispatch('is_bare_date', 'okr_metrics')(value)) }}
{%- endmacro %}

{% macro default__is_bare_date(value) -%}
    length(trim(cast({{ value }} as {{ dbt.type_string() }}))) <= 10
{%- endmacro %}

{# What is typed needs no look at its text, which takes longer than all else here. #}
{% macro duckdb__is_bare_date(value) -%}
    typeof({{ value }}) <> 'TIMESTAMP' and {{ okr_metrics.default__is_bare_date(value) }}
{%- endmacro %}

{# A UTC timestamp (text or typed) as local time of a zone: a naive one needs both conversions. #}
{% macro utc_to_reporting(value, timezone) -%}
    {{ return(adapter.dispatch('utc_to_reporting', 'okr_metrics')(value, timezone)) }}
{%- endmacro %}

{% macro default__utc_to_reporting(value, timezone) -%}
    timezone({{ dbt.string_literal(timezone) }}, case
        when typeof({{ value }}) = 'TIMESTAMP' then timezone('UTC', try_cast({{ value }} as timestamp))
        when regexp_matches(cast({{ value }} as varchar), '([+-]\d{2}(:?\d{2})?|Z)$') and length(cast({{ value }} as varchar)) > 19
            then try_cast(cast({{ value }} as varchar) as timestamp with time zone)
        else timezone('UTC', try_cast({{ value }} as timestamp))
    end)
{%- endmacro %}

{# What is typed and stays in UTC needs no conversion: two of them take longer than all else that is done to an event. #}
{% macro duckdb__utc_to_reporting(value, timezone) -%}
    {%- if timezone == 'UTC' -%}
    case
        when typeof({{ value }}) = 'TIMESTAMP' then try_cast({{ value }} as timestamp)
        else {{ okr_metrics.default__utc_to_reporting(value, timezone) }}
    end
    {%- else -%}
    {{ okr_metrics.default__utc_to_reporting(value, timezone) }}
    {%- endif -%}
{%- endmacro %}

{% macro postgres__utc_to_reporting(value, timezone) -%}
    timezone({{ dbt.string_literal(timezone) }}, case
        when cast({{ value }} as text) ~ '[0-9]([+-][0-9]{2}(:?[0-9]{2})?|Z)$' and length(cast({{ value }} as text)) > 19
            then {{ try_cast(value, 'timestamptz') }}
        else timezone('UTC', {{ try_cast(value, 'timestamp') }})
    end)
{%- endmacro %}

{# The zone of a time without one is the session's on Snowflake, so each kind converts on its own. #}
{% macro snowflake__utc_to_reporting(value, timezone) -%}
    {%- set text = 'cast(' ~ value ~ ' as varchar)' -%}
    case
        when regexp_instr({{ text }}, '[0-9]([+-][0-9]{2}(:?[0-9]{2})?|Z)$') > 0 and length({{ text }}) > 19
            then cast(convert_timezone({{ dbt.string_literal(timezone) }}, {{ try_cast(value, 'timestamp_tz') }}) as timestamp_ntz)
        else convert_timezone('UTC', {{ dbt.string_literal(timezone) }}, {{ try_cast(value, 'timestamp_ntz') }})
    end
{%- endmacro %}

{# A text without an offset is UTC on BigQuery. #}
{% macro bigquery__utc_to_reporting(value, timezone) -%}
    datetime({{ try_cast(value, 'timestamp') }}, {{ dbt.string_literal(timezone) }})
{%- endmacro %}

{# convert_timezone, because from_utc_timestamp takes the session's time zone for UTC. #}
{% macro spark__utc_to_reporting(value, timezone) -%}
    case
        when cast({{ value }} as string) rlike '[0-9]([+-][0-9]{2}(:?[0-9]{2})?|Z)$' and length(cast({{ value }} as string)) > 19
            then convert_timezone(current_timezone(), {{ dbt.string_literal(timezone) }}, cast({{ try_cast(value, 'timestamp') }} as timestamp_ntz))
        else convert_timezone('UTC', {{ dbt.string_literal(timezone) }}, {{ try_cast(value, 'timestamp_ntz') }})
    end
{%- endmacro %}
