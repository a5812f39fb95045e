{# A text without the spaces around it; other white space stays. #}
{% macro without_outer_spaces(text) -%}
    {{ return(adapter.dispatch('without_outer_spaces', 'okr_metrics')(text)) }}
{%- endmacro %}

{% macro default__without_outer_spaces(text) -%}
    trim({{ text }})
{%- endmacro %}

{# DuckDB reads a text to its end, letter by letter, to trim it, and takes other white space off too: only one with a space is trimmed. #}
{% macro duckdb__without_outer_spaces(text) -%}
    case when {{ text }} like ' %' or {{ text }} like '% ' then trim({{ text }}, ' ') else {{ text }} end
{%- endmacro %}
