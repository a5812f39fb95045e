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
