{# Whether a relation can be read. #}
{% macro is_in_warehouse(relation) -%}
    {{ return(adapter.dispatch('is_in_warehouse', 'okr_metrics')(relation)) }}
{%- endmacro %}

{% macro default__is_in_warehouse(relation) -%}
    {{ return(load_relation(relation) is not none) }}
{%- endmacro %}

{# A source may be a file (external_location), which no catalogue lists, and names may be written in another case than they are stored in. #}
{% macro duckdb__is_in_warehouse(relation) -%}
    {{ return(adapter.get_columns_in_relation(relation) != []) }}
{%- endmacro %}
