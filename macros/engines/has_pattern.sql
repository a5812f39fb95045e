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

{% macro spark__has_pattern(value, pattern) -%}
    {{ value }} rlike '{{ pattern }}'
{%- endmacro %}
