{#- What Snowflake says otherwise. Its queries are compiled and parsed in a test; none is run. -#}

{# Snowflake's own operator wants the whole text to match. #}
{% macro snowflake__has_pattern(value, pattern) -%}
    regexp_instr({{ value }}, '{{ pattern }}') > 0
{%- endmacro %}

{# It looks for names without quotes in upper case. #}
{% macro snowflake__is_found_unquoted(name) -%}
    {{ return(name == name | upper) }}
{%- endmacro %}

{# The zone of a time without one is the session's on Snowflake, so each kind converts on its own. #}
{% macro snowflake__utc_to_reporting(value, timezone) -%}
    {%- set trimmed = text(value) -%}
    case
        when {{ is_time_text(trimmed, 'naive') }}
            then convert_timezone('UTC', {{ dbt.string_literal(timezone) }}, try_cast({{ trimmed }} as timestamp_ntz))
        when {{ is_time_text(trimmed, 'offset') }}
            then cast(convert_timezone({{ dbt.string_literal(timezone) }}, try_cast({{ with_offset_close(trimmed) }} as timestamp_tz)) as timestamp_ntz)
    end
{%- endmacro %}

{% macro snowflake__row_as_json(relation, columns) -%}
    to_json(object_construct_keep_null({{ relation }}.*))
{%- endmacro %}

{% macro snowflake__spelling_distance(left, right) -%}
    editdistance({{ left }}, {{ right }})
{%- endmacro %}

{% macro snowflake__start_of_day(day) -%}
    convert_timezone({{ dbt.string_literal(setting('reporting_timezone')) }}, 'UTC', cast({{ day }} as timestamp_ntz))
{%- endmacro %}

{% macro snowflake__json_text(column, keys) -%}
    json_extract_path_text({{ column }}, '"{{ keys | join('"."') }}"')
{%- endmacro %}

{# Loaders write every name in upper case. #}
{% macro snowflake__quoted_raw_column(name) -%}
    {{ return(adapter.quote(name | upper)) }}
{%- endmacro %}
