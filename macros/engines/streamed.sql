{# What stands before the parenthesis of a CTE that is cheaper to compute for each reader than to keep: the rows of a large input. #}
{% macro streamed() -%}
    {{ return(adapter.dispatch('streamed', 'okr_metrics')()) }}
{%- endmacro %}

{% macro default__streamed() -%}
{%- endmacro %}

{% macro duckdb__streamed() -%}
    not materialized
{%- endmacro %}
