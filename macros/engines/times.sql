{# The day of the reporting calendar of a time of an input: what is a day stays that day, a moment is UTC unless it carries an offset. #}
{% macro reporting_date(column) -%}
    case
        when {{ is_only_a_day(column) }}
            then {{ try_cast(column, 'date') }}
        else cast({{ utc_to_reporting(column, setting('reporting_timezone')) }} as date)
    end
{%- endmacro %}

{# The moment of a time of an input as a UTC timestamp without zone: a naive one is UTC, an offset is honoured, and a day begins at midnight of the
   reporting zone; of_days=false: null where a day is all that is known. #}
{% macro utc_time(column, of_days=true) -%}
    {%- if not of_days -%}
    case when not {{ is_only_a_day(column) }} then {{ utc_to_reporting(column, 'UTC') }} end
    {%- elif setting('reporting_timezone') == 'UTC' -%}
    {{ utc_to_reporting(column, 'UTC') }}
    {%- else -%}
    case
        when {{ is_only_a_day(column) }} then {{ start_of_day(try_cast(column, 'date')) }}
        else {{ utc_to_reporting(column, 'UTC') }}
    end
    {%- endif -%}
{%- endmacro %}

{# Whether a time of an input is a day: it is written as one, or its source holds nothing but midnights (read_input says so). #}
{% macro is_only_a_day(column) -%}
    {{ return(adapter.dispatch('is_only_a_day', 'okr_metrics')(column)) }}
{%- endmacro %}

{% macro default__is_only_a_day(column) -%}
    (length({{ text(column) }}) <= 10 or {{ column }}_holds_days)
{%- endmacro %}

{# What is typed needs no look at its text, which takes longer than all else here. #}
{% macro duckdb__is_only_a_day(column) -%}
    (typeof({{ column }}) not in ('TIMESTAMP', 'TIMESTAMP WITH TIME ZONE') and length({{ text(column) }}) <= 10 or {{ column }}_holds_days)
{%- endmacro %}

{# Whether a text is written as a time: a day (in the year, month and day that exist; a leading zero may be left out), or a moment of hours and minutes,
   perhaps seconds and their fraction. kind: naive, without an offset; offset, a moment with one; any, either. Names of zones aren't read: they mean
   other hours in other places. Without backslashes: the engines' literals differ there. #}
{% macro is_time_text(text, kind='any') -%}
    {%- set in_all_years = '(0?[13578]|1[02])-(0?[1-9]|[12][0-9]|3[01])|(0?[469]|11)-(0?[1-9]|[12][0-9]|30)|0?2-(0?[1-9]|1[0-9]|2[0-8])' -%}
    {%- set leap_years = '[1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00' -%}
    {%- set day = '([1-9][0-9][0-9][0-9]-(' ~ in_all_years ~ ')|(' ~ leap_years ~ ')-0?2-29)' -%}
    {%- set moment = day ~ '[ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?' -%}
    {%- set offset = '( ?(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)| UTC)' -%}
    {{ has_pattern(text, {
        'naive': '^(' ~ day ~ '|' ~ moment ~ ')$',
        'offset': '^' ~ moment ~ offset ~ '$',
        'any': '^(' ~ day ~ '|' ~ moment ~ offset ~ '?' ~ ')$',
    }[kind]) }}
{%- endmacro %}

{# A text of a moment whose offset follows at once, as all engines read it; behind seconds too, as DuckDB 1 and Spark want it, where kept says how the
   engine writes what the first and second group found. #}
{% macro with_offset_close(text, kept=none) -%}
    {%- set close = "replace(replace(replace(" ~ text ~ ", ' +', '+'), ' -', '-'), ' Z', 'Z')" -%}
    {{ "regexp_replace(" ~ close ~ ", '([ T][0-9]{2}:[0-9]{2})([+Z -])', '" ~ kept[0] ~ ":00" ~ kept[1] ~ "')" if kept else close }}
{%- endmacro %}

{# Whether a value is a moment that isn't a bare midnight: one such makes all of its source moments. #}
{% macro has_time_of_day(value) -%}
    {{ return(adapter.dispatch('has_time_of_day', 'okr_metrics')(value)) }}
{%- endmacro %}

{% macro default__has_time_of_day(value) -%}
    {%- set trimmed = text(value) -%}
    length({{ trimmed }}) > 10
    and {{ is_time_text(trimmed) }}
    and not {{ has_pattern(trimmed, '[ T]00:00(:00([.]0*)?)?$') }}
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
    {%- set trimmed = text(value) -%}
    timezone({{ dbt.string_literal(timezone) }}, case
        when typeof({{ value }}) = 'TIMESTAMP' then timezone('UTC', try_cast({{ value }} as timestamp))
        when typeof({{ value }}) = 'TIMESTAMP WITH TIME ZONE' then try_cast({{ value }} as timestamp with time zone)
        when {{ is_time_text(trimmed, 'naive') }} then timezone('UTC', try_cast({{ trimmed }} as timestamp))
        when {{ is_time_text(trimmed, 'offset') }} then try_cast({{ with_offset_close(trimmed, ['\\1', '\\2']) }} as timestamp with time zone)
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

{# Digits behind microseconds are cut, as on the other engines: PostgreSQL would round them into the next day. #}
{% macro postgres__utc_to_reporting(value, timezone) -%}
    {%- set trimmed = text(value) -%}
    {%- set cut = "regexp_replace(" ~ trimmed ~ ", '([.][0-9]{6})[0-9]+', '\\1')" -%}
    timezone({{ dbt.string_literal(timezone) }}, case
        when {{ is_time_text(trimmed, 'naive') }} then timezone('UTC', cast({{ cut }} as timestamp))
        when {{ is_time_text(trimmed, 'offset') }} then cast({{ cut }} as timestamptz)
    end)
{%- endmacro %}

{# convert_timezone, because from_utc_timestamp takes the session's time zone for UTC. A typed timestamp is shown in the session's zone; a text with an offset needs its seconds. #}
{% macro spark__utc_to_reporting(value, timezone) -%}
    {%- set trimmed = text(value) -%}
    {%- set zone = dbt.string_literal(timezone) -%}
    case
        when typeof({{ value }}) = 'timestamp'
            then convert_timezone(current_timezone(), {{ zone }}, try_cast({{ trimmed }} as timestamp_ntz))
        when {{ is_time_text(trimmed, 'naive') }}
            then convert_timezone('UTC', {{ zone }}, try_cast({{ trimmed }} as timestamp_ntz))
        when {{ is_time_text(trimmed, 'offset') }}
            then convert_timezone(current_timezone(), {{ zone }}, cast(try_cast(
                {{ with_offset_close(trimmed, ['$1', '$2']) }} as timestamp
            ) as timestamp_ntz))
    end
{%- endmacro %}

{# The UTC time at which a day of the reporting calendar begins. #}
{% macro start_of_day(day) -%}
    {{ return(adapter.dispatch('start_of_day', 'okr_metrics')(day)) }}
{%- endmacro %}

{% macro default__start_of_day(day) -%}
    timezone('UTC', timezone({{ dbt.string_literal(setting('reporting_timezone')) }}, cast({{ day }} as timestamp)))
{%- endmacro %}

{% macro spark__start_of_day(day) -%}
    convert_timezone({{ dbt.string_literal(setting('reporting_timezone')) }}, 'UTC', cast({{ day }} as timestamp_ntz))
{%- endmacro %}
