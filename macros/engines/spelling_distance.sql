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

{% macro snowflake__spelling_distance(left, right) -%}
    editdistance({{ left }}, {{ right }})
{%- endmacro %}

{% macro bigquery__spelling_distance(left, right) -%}
    edit_distance({{ left }}, {{ right }})
{%- endmacro %}
