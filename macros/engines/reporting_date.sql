{# The day of the reporting calendar of a time of an input: what is a day stays that day, a moment is UTC unless it carries an offset. #}
{% macro reporting_date(column) -%}
    case
        when {{ is_only_a_day(column) }}
            then {{ try_cast(column, 'date') }}
        else cast({{ utc_to_reporting(column, setting('reporting_timezone')) }} as date)
    end
{%- endmacro %}

{# Whether a time of an input is a day: it is written as one, or its source holds nothing but midnights (read_input says so). #}
{% macro is_only_a_day(column) -%}
    ({{ is_bare_date(column) }} or {{ holds_days(column) }})
{%- endmacro %}

{# Whether a value has no time of day. #}
{% macro is_bare_date(value) -%}
    {{ return(adapter.dispatch('is_bare_date', 'okr_metrics')(value)) }}
{%- endmacro %}

{% macro default__is_bare_date(value) -%}
    length({{ text_of(value) }}) <= 10
{%- endmacro %}

{# What is typed needs no look at its text, which takes longer than all else here. #}
{% macro duckdb__is_bare_date(value) -%}
    typeof({{ value }}) not in ('TIMESTAMP', 'TIMESTAMP WITH TIME ZONE') and {{ okr_metrics.default__is_bare_date(value) }}
{%- endmacro %}

{# Whether a value is a moment that isn't a bare midnight: one such makes all of its source moments. #}
{% macro has_time_of_day(value) -%}
    {{ return(adapter.dispatch('has_time_of_day', 'okr_metrics')(value)) }}
{%- endmacro %}

{% macro default__has_time_of_day(value) -%}
    {%- set text = text_of(value) -%}
    length({{ text }}) > 10
    and {{ is_time_text(text) }}
    and not {{ has_pattern(text, '[ T]00:00(:00([.]0*)?)?$') }}
{%- endmacro %}

{% macro duckdb__has_time_of_day(value) -%}
    case
        when typeof({{ value }}) = 'TIMESTAMP' then try_cast({{ value }} as timestamp) <> date_trunc('day', try_cast({{ value }} as timestamp))
        when typeof({{ value }}) = 'DATE' then false
        else {{ okr_metrics.default__has_time_of_day(value) }}
    end
{%- endmacro %}

{# A UTC timestamp (text or typed) as local time of a zone: a naive one needs both conversions. #}
{% macro utc_to_reporting(value, timezone) -%}
    {{ return(adapter.dispatch('utc_to_reporting', 'okr_metrics')(value, timezone)) }}
{%- endmacro %}

{% macro default__utc_to_reporting(value, timezone) -%}
    {%- set text = text_of(value) -%}
    timezone({{ dbt.string_literal(timezone) }}, case
        when typeof({{ value }}) = 'TIMESTAMP' then timezone('UTC', try_cast({{ value }} as timestamp))
        when typeof({{ value }}) = 'TIMESTAMP WITH TIME ZONE' then try_cast({{ value }} as timestamp with time zone)
        when {{ is_naive_text(text) }} then timezone('UTC', try_cast({{ text }} as timestamp))
        when {{ is_offset_text(text) }} then try_cast({{ with_seconds(text, ['\\1', '\\2']) }} as timestamp with time zone)
    end)
{%- endmacro %}

{# A text of a moment with its offset behind seconds, as DuckDB 1 and Spark want it; kept is how the engine writes what the first and second group found. #}
{% macro with_seconds(text, kept) -%}
    regexp_replace({{ with_offset_close(text) }}, '([ T][0-9]{2}:[0-9]{2})([+Z -])', '{{ kept[0] }}:00{{ kept[1] }}')
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

{# Digits behind microseconds are cut, as on the other engines: PostgreSQL would round them into the next day. #}
{% macro postgres__utc_to_reporting(value, timezone) -%}
    {%- set text = text_of(value) -%}
    {%- set cut = "regexp_replace(" ~ text ~ ", '([.][0-9]{6})[0-9]+', '\\1')" -%}
    timezone({{ dbt.string_literal(timezone) }}, case
        when {{ is_naive_text(text) }} then timezone('UTC', cast({{ cut }} as timestamp))
        when {{ is_offset_text(text) }} then cast({{ cut }} as timestamptz)
    end)
{%- endmacro %}

{# The zone of a time without one is the session's on Snowflake, so each kind converts on its own. #}
{% macro snowflake__utc_to_reporting(value, timezone) -%}
    {%- set text = text_of(value) -%}
    case
        when {{ is_naive_text(text) }}
            then convert_timezone('UTC', {{ dbt.string_literal(timezone) }}, try_cast({{ text }} as timestamp_ntz))
        when {{ is_offset_text(text) }}
            then cast(convert_timezone({{ dbt.string_literal(timezone) }}, try_cast({{ with_offset_close(text) }} as timestamp_tz)) as timestamp_ntz)
    end
{%- endmacro %}

{# A text without an offset is UTC on BigQuery. #}
{% macro bigquery__utc_to_reporting(value, timezone) -%}
    {%- set text = text_of(value) -%}
    datetime(case when {{ is_time_text(text) }} then safe_cast({{ with_offset_close(text) }} as timestamp) end, {{ dbt.string_literal(timezone) }})
{%- endmacro %}

{# convert_timezone, because from_utc_timestamp takes the session's time zone for UTC. A typed timestamp is shown in the session's zone; a text with an offset needs its seconds. #}
{% macro spark__utc_to_reporting(value, timezone) -%}
    {%- set text = text_of(value) -%}
    {%- set zone = dbt.string_literal(timezone) -%}
    case
        when typeof({{ value }}) = 'timestamp'
            then convert_timezone(current_timezone(), {{ zone }}, try_cast({{ text }} as timestamp_ntz))
        when {{ is_naive_text(text) }}
            then convert_timezone('UTC', {{ zone }}, try_cast({{ text }} as timestamp_ntz))
        when {{ is_offset_text(text) }}
            then convert_timezone(current_timezone(), {{ zone }}, cast(try_cast(
                {{ with_seconds(text, ['$1', '$2']) }} as timestamp
            ) as timestamp_ntz))
    end
{%- endmacro %}
