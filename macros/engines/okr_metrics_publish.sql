{# The statements that publish the public tables once a build has ended well; nothing without okr_metrics_publish_to. #}
{% macro okr_metrics_publish(results) -%}
    {%- set unwell = results | selectattr('status', 'in', ['error', 'fail', 'skipped', 'runtime error', 'partial success']) | list -%}
    {%- if execute and flags.WHICH in ('build', 'run') and results and not unwell and setting('publish_to') -%}
        {%- set relations = [] -%}
        {%- for node in graph.nodes.values() if node.package_name == 'okr_metrics' and node.resource_type == 'model' and node.access == 'public' -%}
            {%- set relation = load_relation(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias)) -%}
            {%- if relation -%}
                {%- do relations.append(relation) -%}
            {%- endif -%}
        {%- endfor -%}
        {{ return(adapter.dispatch('publish', 'okr_metrics')(relations, setting('publish_to'))) }}
    {%- endif -%}
{%- endmacro %}

{# A server swaps each table in a transaction of its own, so its readers need no copy. #}
{% macro default__publish(relations, path) -%}
    {{ exceptions.raise_compiler_error('okr_metrics_publish_to is for DuckDB. Take it away: readers of this warehouse never see half a table.') }}
{%- endmacro %}

{# A DuckDB file has one writer or readers, not both: readers get a copy, put in place of the last one by a rename. #}
{% macro duckdb__publish(relations, path) -%}
    {#- storage that clients since DuckDB 1.0 can open -#}
    attach '{{ path }}.new' as okr_metrics_published (storage_version 'v1.0.0');
    {% for relation in relations -%}
    create or replace table okr_metrics_published.{{ relation.identifier }} as from {{ relation }};
    {% endfor -%}
    detach okr_metrics_published;
    copy (select content from read_blob('{{ path }}.new')) to '{{ path }}' (format blob, use_tmp_file true);
{%- endmacro %}
