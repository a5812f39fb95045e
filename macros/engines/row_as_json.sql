{# A whole row as JSON text. Columns: those that the row must show, for engines that can't name a row. #}
{% macro row_as_json(relation, columns) -%}
    {{ return(adapter.dispatch('row_as_json', 'okr_metrics')(relation, columns)) }}
{%- endmacro %}

{% macro default__row_as_json(relation, columns) -%}
    cast(to_json({{ relation }}) as {{ dbt.type_string() }})
{%- endmacro %}

{% macro snowflake__row_as_json(relation, columns) -%}
    to_json(object_construct_keep_null({{ relation }}.*))
{%- endmacro %}

{% macro bigquery__row_as_json(relation, columns) -%}
    to_json_string({{ relation }})
{%- endmacro %}

{# An object of Redshift takes no dates. #}
{% macro redshift__row_as_json(relation, columns) -%}
    json_serialize(object(
        {%- for column in columns %}
        '{{ column }}', cast({{ relation }}.{{ column }} as varchar){{ ',' if not loop.last }}
        {%- endfor %}
    ))
{%- endmacro %}

{% macro spark__row_as_json(relation, columns) -%}
    to_json(struct({{ relation }}.*))
{%- endmacro %}
