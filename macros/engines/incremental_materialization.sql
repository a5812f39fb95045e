{# How a model is kept that can read late days alone, once okr_metrics_lookback_days says how late; until then each build reads all. #}
{% macro incremental_materialization() -%}
    {%- if setting('lookback_days') is none -%}
        {{ return('table') }}
    {%- endif -%}
    {{ return(adapter.dispatch('incremental_materialization', 'okr_metrics')()) }}
{%- endmacro %}

{% macro default__incremental_materialization() -%}
    {{ return('incremental') }}
{%- endmacro %}

{# Months of plain files are replaced; with a lakehouse format each build reads all. #}
{% macro spark__incremental_materialization() -%}
    {{ return('incremental' if setting('history_format') is none else 'table') }}
{%- endmacro %}

{% macro databricks__incremental_materialization() -%}
    {{ return('table') }}
{%- endmacro %}
