{# Whether a text holds a regular expression of ASCII letters, classes and choices: those that all engines read alike. #}
{% macro has_pattern(value, pattern) -%}
    {{ return(adapter.dispatch('has_pattern', 'okr_metrics')(value, pattern)) }}
{%- endmacro %}

{% macro default__has_pattern(value, pattern) -%}
    regexp_matches({{ value }}, '{{ pattern }}')
{%- endmacro %}

{% macro postgres__has_pattern(value, pattern) -%}
    {{ value }} ~ '{{ pattern }}'
{%- endmacro %}

{# Snowflake's own operator wants the whole text to match. #}
{% macro snowflake__has_pattern(value, pattern) -%}
    regexp_instr({{ value }}, '{{ pattern }}') > 0
{%- endmacro %}

{% macro bigquery__has_pattern(value, pattern) -%}
    regexp_contains({{ value }}, r'{{ pattern }}')
{%- endmacro %}

{# `$` of Java also stands before a line feed at the end. #}
{% macro spark__has_pattern(value, pattern) -%}
    {{ value }} rlike '{{ pattern | replace('$', '\\\\z') }}'
{%- endmacro %}
