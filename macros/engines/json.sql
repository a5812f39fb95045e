{# The text at a path of keys in a JSON object; null where there is no such key. #}
{% macro json_text(column, keys) -%}
    {{ return(adapter.dispatch('json_text', 'okr_metrics')(column, [keys] if keys is string else keys)) }}
{%- endmacro %}

{% macro default__json_text(column, keys) -%}
    json_extract_string({{ column }}, '$."{{ keys | join('"."') }}"')
{%- endmacro %}

{% macro postgres__json_text(column, keys) -%}
    cast({{ column }} as json) #>> '{"{{ keys | join('","') }}"}'
{%- endmacro %}

{% macro spark__json_text(column, keys) -%}
    get_json_object({{ column }}, '$[\'{{ keys | join("\\'][\\'") }}\']')
{%- endmacro %}

{# Rows (SQL in brackets), once for each element of an array in JSON, which is the column of that name: none for an empty array. #}
{% macro json_rows(rows, array, name) -%}
    {{ return(adapter.dispatch('json_rows', 'okr_metrics')(rows, array, name)) }}
{%- endmacro %}

{% macro default__json_rows(rows, array, name) -%}
    {{ exceptions.raise_compiler_error(
        'okr_metrics_sources: arrays that a loader leaves as JSON are read on DuckDB, PostgreSQL, Spark and Databricks alone. Map views of yours in okr_metrics_inputs'
        ~ ' for the inputs of this source, and leave it out of okr_metrics_sources.'
    ) }}
{%- endmacro %}

{% macro duckdb__json_rows(rows, array, name) -%}
    select
        source_rows.*,
        unnest(cast(json_extract({{ array }}, '$[*]') as json[])) as {{ name }}

    from {{ rows }} as source_rows
{%- endmacro %}

{% macro postgres__json_rows(rows, array, name) -%}
    select
        source_rows.*,
        elements.element as {{ name }}

    from {{ rows }} as source_rows

    cross join lateral json_array_elements(cast(nullif(cast({{ array }} as text), 'null') as json)) as elements (element)
{%- endmacro %}

{% macro spark__json_rows(rows, array, name) -%}
    select
        source_rows.*,
        explode(from_json({{ array }}, 'array<string>')) as {{ name }}

    from {{ rows }} as source_rows
{%- endmacro %}
