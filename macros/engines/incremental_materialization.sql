{# How a model that reads only late days again is kept; Spark without a lakehouse format can't delete rows, so it reads all. #}
{% macro incremental_materialization() -%}
    {{ return(adapter.dispatch('incremental_materialization', 'okr_metrics')()) }}
{%- endmacro %}

{% macro default__incremental_materialization() -%}
    {{ return('incremental') }}
{%- endmacro %}

{% macro spark__incremental_materialization() -%}
    {{ return('table') }}
{%- endmacro %}
