{# Why the columns of a mapped name can't be looked at, and what to do; empty where they can. #}
{% macro unseen_because(input, name) -%}
    {%- if is_ephemeral(name) -%}
        {{ return(name ~ ' is ephemeral, so nothing can look into it before a build. It must have all columns, optional ones as null: '
            ~ input_contract()[input] | join(', ') ~ ". To have them checked, materialise it: {{ config(materialized='view') }}") }}
    {%- elif is_in_warehouse(input_relation(name)) -%}
        {{ return('') }}
    {%- elif '.' in name -%}
        {{ return(name ~ " isn't in the warehouse: " ~ input_relation(name) ~ ' is not there. Load it, or mend the database, schema or identifier of that source') }}
    {%- endif -%}
    {{ return(name ~ " isn't built yet: dbt build --select " ~ name) }}
{%- endmacro %}

{# Whether a mapped name is that of an ephemeral model; the graph says it, as an operation can't ref one. #}
{% macro is_ephemeral(name) -%}
    {%- set found = graph.nodes.values() | selectattr('name', 'equalto', name) | selectattr('package_name', 'equalto', project_name) -%}
    {{ return('ephemeral' in found | map(attribute='config') | map(attribute='materialized') | list) }}
{%- endmacro %}
