{# An 8-byte float: dbt.type_float() is 4 bytes on DuckDB and Spark, which is wrong from the seventh digit on. #}
{% macro type_double() -%}
    {{ return(adapter.dispatch('type_double', 'okr_metrics')()) }}
{%- endmacro %}

{% macro default__type_double() -%}
    double precision
{%- endmacro %}

{% macro bigquery__type_double() -%}
    float64
{%- endmacro %}

{% macro spark__type_double() -%}
    double
{%- endmacro %}
