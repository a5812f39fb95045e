{# How unlike two short texts are; used to find the nearest name only. #}
{% macro spelling_distance(left, right) -%}
    {{ return(adapter.dispatch('spelling_distance', 'okr_metrics')(left, right)) }}
{%- endmacro %}

{% macro default__spelling_distance(left, right) -%}
    levenshtein({{ left }}, {{ right }})
{%- endmacro %}

{# PostgreSQL has no levenshtein without an extension: count the pairs of letters that only one of them has. #}
{% macro postgres__spelling_distance(left, right) -%}
    (
        select count(*)
        from (
            (
                select substr({{ left }}, place, 2) from generate_series(1, length({{ left }}) - 1) as place
                except
                select substr({{ right }}, place, 2) from generate_series(1, length({{ right }}) - 1) as place
            )
            union all
            (
                select substr({{ right }}, place, 2) from generate_series(1, length({{ right }}) - 1) as place
                except
                select substr({{ left }}, place, 2) from generate_series(1, length({{ left }}) - 1) as place
            )
        ) as pairs
    )
{%- endmacro %}

{% macro snowflake__spelling_distance(left, right) -%}
    editdistance({{ left }}, {{ right }})
{%- endmacro %}

{% macro bigquery__spelling_distance(left, right) -%}
    edit_distance({{ left }}, {{ right }})
{%- endmacro %}

{# Redshift has neither levenshtein nor PostgreSQL's series: count the letters that only one of them has. #}
{% macro redshift__spelling_distance(left, right) -%}
    length(translate({{ left }}, '~' || {{ right }}, '~')) + length(translate({{ right }}, '~' || {{ left }}, '~'))
{%- endmacro %}
