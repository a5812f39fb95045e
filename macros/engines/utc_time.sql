{# The moment of a value as a UTC timestamp without zone: a naive one is UTC, an offset is honoured. #}
{% macro utc_time(value) -%}
    {{ utc_to_reporting(value, 'UTC') }}
{%- endmacro %}
