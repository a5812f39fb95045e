{# The moment of a time of an input as a UTC timestamp without zone: a naive one is UTC, an offset is honoured, and a day begins at midnight of the reporting zone. #}
{% macro utc_time(column) -%}
    {%- if setting('reporting_timezone') == 'UTC' -%}
    {{ utc_to_reporting(column, 'UTC') }}
    {%- else -%}
    case
        when {{ is_only_a_day(column) }} then {{ start_of_day(try_cast(column, 'date')) }}
        else {{ utc_to_reporting(column, 'UTC') }}
    end
    {%- endif -%}
{%- endmacro %}

{# The same, null where a day is all that is known. #}
{% macro known_moment(column) -%}
    case when not {{ is_only_a_day(column) }} then {{ utc_to_reporting(column, 'UTC') }} end
{%- endmacro %}

{# The UTC time at which a day of the reporting calendar begins. #}
{% macro start_of_day(day) -%}
    {{ return(adapter.dispatch('start_of_day', 'okr_metrics')(day)) }}
{%- endmacro %}

{% macro default__start_of_day(day) -%}
    timezone('UTC', timezone({{ dbt.string_literal(setting('reporting_timezone')) }}, cast({{ day }} as timestamp)))
{%- endmacro %}

{% macro snowflake__start_of_day(day) -%}
    convert_timezone({{ dbt.string_literal(setting('reporting_timezone')) }}, 'UTC', cast({{ day }} as timestamp_ntz))
{%- endmacro %}

{% macro bigquery__start_of_day(day) -%}
    datetime(timestamp({{ day }}, {{ dbt.string_literal(setting('reporting_timezone')) }}), 'UTC')
{%- endmacro %}

{% macro spark__start_of_day(day) -%}
    convert_timezone({{ dbt.string_literal(setting('reporting_timezone')) }}, 'UTC', cast({{ day }} as timestamp_ntz))
{%- endmacro %}
