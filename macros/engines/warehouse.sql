{# dbt's own macro for a schema that is absent, wrapped: where the role may not create it, PostgreSQL names neither. #}
{% macro create_schema(relation) -%}
    {%- do adapter.dispatch('check_create_schema', 'okr_metrics')(relation) -%}
    {{ adapter.dispatch('create_schema', 'dbt')(relation) }}
{%- endmacro %}

{# Other warehouses say by themselves what is denied. #}
{% macro default__check_create_schema(relation) -%}
{%- endmacro %}

{# Stops with the schema, the role, and what to grant or to set. #}
{% macro postgres__check_create_schema(relation) -%}
    {%- set role, database, may_create = run_query(
        "select current_user, current_database(), has_database_privilege(current_database(), 'create')"
    ).rows[0].values() -%}
    {%- if not may_create -%}
        {%- set schema, role = adapter.quote(relation.schema), adapter.quote(role) -%}
        {{ exceptions.raise_compiler_error(
            'The role ' ~ role ~ ' may not create the schema ' ~ schema ~ ' in the database ' ~ database ~ '. Have it created by a role that may:\n'
            ~ '  create schema ' ~ schema ~ '; grant usage, create on schema ' ~ schema ~ ' to ' ~ role ~ ';\n'
            ~ 'If it is for the internal tables of okr_metrics, an entry in dbt_project.yml puts these in the target schema too:\n'
            ~ '  models: {okr_metrics: {+schema: null}}\n'
            ~ 'or in another that exists; docs/warehouse.md of okr_metrics says how.'
        ) }}
    {%- endif -%}
{%- endmacro %}

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

{# Whether SQL without quotes finds a column that is stored under a name, written in any case. #}
{% macro is_found_unquoted(name) -%}
    {{ return(adapter.dispatch('is_found_unquoted', 'okr_metrics')(name)) }}
{%- endmacro %}

{% macro default__is_found_unquoted(name) -%}
    {{ return(true) }}
{%- endmacro %}

{# It looks for names without quotes in lower case. #}
{% macro postgres__is_found_unquoted(name) -%}
    {{ return(name == name | lower) }}
{%- endmacro %}

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
