{# A value as text without the spaces around it, null where nothing is left; other white space stays. #}
{% macro text(value) -%}
    nullif({{ adapter.dispatch('trimmed', 'okr_metrics')('cast(' ~ value ~ ' as ' ~ dbt.type_string() ~ ')') }}, '')
{%- endmacro %}

{% macro default__trimmed(text) -%}
    trim({{ text }})
{%- endmacro %}

{# DuckDB reads a text to its end, letter by letter, to trim it, and takes other white space off too: only one with a space is trimmed. #}
{% macro duckdb__trimmed(text) -%}
    case when {{ text }} like ' %' or {{ text }} like '% ' then trim({{ text }}, ' ') else {{ text }} end
{%- endmacro %}

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

{# `$` of Java also stands before a line feed at the end. #}
{% macro spark__has_pattern(value, pattern) -%}
    {{ value }} rlike '{{ pattern | replace('$', '\\\\z') }}'
{%- endmacro %}

{# How unlike two short texts are; used to find the nearest name only. #}
{% macro spelling_distance(left, right) -%}
    {{ return(adapter.dispatch('spelling_distance', 'okr_metrics')(left, right)) }}
{%- endmacro %}

{% macro default__spelling_distance(left, right) -%}
    levenshtein({{ left }}, {{ right }})
{%- endmacro %}

{# PostgreSQL, and Redshift with it, has no levenshtein without an extension: count the letters that only one of them has. #}
{% macro postgres__spelling_distance(left, right) -%}
    length(translate({{ left }}, '~' || {{ right }}, '~')) + length(translate({{ right }}, '~' || {{ left }}, '~'))
{%- endmacro %}

{# The part of a text between delimiters whose number a column says: dbt.split_part takes a number alone on some engines. #}
{% macro nth_part(text, delimiter, number) -%}
    {{ return(adapter.dispatch('nth_part', 'okr_metrics')(text, delimiter, number)) }}
{%- endmacro %}

{% macro default__nth_part(text, delimiter, number) -%}
    split_part({{ text }}, {{ delimiter }}, cast({{ number }} as integer))
{%- endmacro %}
