{# The text under a key of a JSON object; null where there is no such key. #}
{% macro json_text(column, key) -%}
    {{ return(adapter.dispatch('json_text', 'okr_metrics')(column, key)) }}
{%- endmacro %}

{% macro default__json_text(column, key) -%}
    json_extract_string({{ column }}, '$."{{ key }}"')
{%- endmacro %}

{% macro postgres__json_text(column, key) -%}
    cast({{ column }} as json) ->> '{{ key }}'
{%- endmacro %}

{% macro spark__json_text(column, key) -%}
    get_json_object({{ column }}, '$[\'{{ key }}\']')
{%- endmacro %}
