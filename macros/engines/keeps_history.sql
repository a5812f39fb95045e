{# Whether dbt can keep snapshots here: what closed periods and scores said at first, across builds. #}
{% macro keeps_history() -%}
    {{ return(adapter.dispatch('keeps_history', 'okr_metrics')()) }}
{%- endmacro %}

{% macro default__keeps_history() -%}
    {{ return(true) }}
{%- endmacro %}

{# Spark alone can't: dbt merges snapshots into tables of Delta, Iceberg or Hudi. #}
{% macro spark__keeps_history() -%}
    {{ return(setting('history_format') is not none) }}
{%- endmacro %}

{# Its tables are of Delta unless told otherwise. #}
{% macro databricks__keeps_history() -%}
    {{ return(true) }}
{%- endmacro %}
