{# A whole row as JSON text. #}
{% macro row_as_json(relation) -%}
    {{ return(adapter.dispatch('row_as_json', 'okr_metrics')(relation)) }}
{%- endmacro %}

{% macro default__row_as_json(relation) -%}
    cast(to_json({{ relation }}) as {{ dbt.type_string() }})
{%- endmacro %}

{% macro spark__row_as_json(relation) -%}
    to_json(struct({{ relation }}.*))
{%- endmacro %}
