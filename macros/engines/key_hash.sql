{# What keys are grouped by to find those that come more than once: never null, and shorter than a text where an engine has a hash. Two keys may share it. #}
{% macro key_hash(key) -%}
    {{ return(adapter.dispatch('key_hash', 'okr_metrics')(key)) }}
{%- endmacro %}

{% macro default__key_hash(key) -%}
    coalesce({{ key }}, '')
{%- endmacro %}

{% macro duckdb__key_hash(key) -%}
    hash({{ key }})
{%- endmacro %}
