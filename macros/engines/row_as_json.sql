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

{# A whole row as read_input carries it: JSON, or what becomes JSON where raw_row_as_json is asked for, which is cheaper by the JSON of all other rows. #}
{% macro carried_row(relation, columns) -%}
    {{ return(adapter.dispatch('carried_row', 'okr_metrics')(relation, columns)) }}
{%- endmacro %}

{% macro default__carried_row(relation, columns) -%}
    {{ row_as_json(relation, columns) }}
{%- endmacro %}

{% macro duckdb__carried_row(relation, columns) -%}
    {{ relation }}
{%- endmacro %}

{# The JSON of a carried row. #}
{% macro raw_row_as_json() -%}
    {{ return(adapter.dispatch('raw_row_as_json', 'okr_metrics')()) }}
{%- endmacro %}

{% macro default__raw_row_as_json() -%}
    raw_row
{%- endmacro %}

{# A text is the row of an input with several sources: rows of two shapes can't be carried in one column. #}
{% macro duckdb__raw_row_as_json() -%}
    case when typeof(raw_row) = 'VARCHAR' then cast(raw_row as varchar) else cast(to_json(raw_row) as varchar) end
{%- endmacro %}
