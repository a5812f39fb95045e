{#- What BigQuery says otherwise. Its queries are compiled and parsed in a test; none is run. -#}

{% macro bigquery__has_pattern(value, pattern) -%}
    regexp_contains({{ value }}, r'{{ pattern }}')
{%- endmacro %}

{# A text without an offset is UTC on BigQuery. #}
{% macro bigquery__utc_to_reporting(value, timezone) -%}
    {%- set trimmed = text(value) -%}
    datetime(case when {{ is_time_text(trimmed) }} then safe_cast({{ with_offset_close(trimmed) }} as timestamp) end, {{ dbt.string_literal(timezone) }})
{%- endmacro %}

{% macro bigquery__row_as_json(relation, columns) -%}
    to_json_string({{ relation }})
{%- endmacro %}

{% macro bigquery__spelling_distance(left, right) -%}
    edit_distance({{ left }}, {{ right }})
{%- endmacro %}

{# A numeric of BigQuery holds nine decimals, a bignumeric 38. #}
{% macro bigquery__try_cast(value, type) -%}
    {%- set trimmed = text(value) -%}
    case when {{ is_text_of(trimmed, type) }} then safe_cast({{ trimmed }} as {{ type | replace('numeric', 'bignumeric') }}) end
{%- endmacro %}

{% macro bigquery__type_double() -%}
    float64
{%- endmacro %}

{% macro bigquery__start_of_day(day) -%}
    datetime(timestamp({{ day }}, {{ dbt.string_literal(setting('reporting_timezone')) }}), 'UTC')
{%- endmacro %}

{% macro bigquery__json_text(column, keys) -%}
    json_value({{ column }}, '$."{{ keys | join('"."') }}"')
{%- endmacro %}

{% macro bigquery__nth_part(text, delimiter, number) -%}
    split({{ text }}, {{ delimiter }})[safe_offset({{ number }} - 1)]
{%- endmacro %}
