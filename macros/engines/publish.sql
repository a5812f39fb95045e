{# The statements that publish the public tables, under the names of their models, once a whole build has ended well; nothing without okr_metrics_publish_to.
   Readers get what one whole build has made: what keeps a run from that is said in a sentence, and they keep what was published before. #}
{% macro okr_metrics_publish(results) -%}
    {#- read when dbt parses too, so that a wrong value stops before the build -#}
    {%- set targets = setting('publish_to') -%}
    {%- if execute and flags.WHICH in ('build', 'run') and results and targets -%}
        {%- set targets = [targets] if targets is string else targets -%}
        {%- set models = graph.nodes.values() | selectattr('package_name', 'equalto', 'okr_metrics') | selectattr('resource_type', 'equalto', 'model') | list -%}

        {%- set unwell = results | selectattr('status', 'in', ['error', 'fail', 'skipped', 'runtime error', 'partial success']) | list -%}
        {#- a retry has no list of what it makes: it ends the run that its own arguments began -#}
        {%- set arguments = invocation_args_dict -%}
        {%- set is_whole_retry = not (selected_resources or arguments.get('select') or arguments.get('exclude') or arguments.get('selector') or arguments.get('resource_types')) -%}
        {%- set left_out = [] if is_whole_retry else models | rejectattr('unique_id', 'in', selected_resources) | map(attribute='name') | sort -%}
        {%- set obstacle = 'a build with --empty or --sample has not read all rows.' if not shows_all_rows()
            else unwell | length ~ ' of the nodes of this run failed or were skipped.' if unwell
            else 'this run left out ' ~ left_out | length ~ ' of the models of okr_metrics, such as ' ~ left_out[0] ~ '; `dbt build` without a selection makes them all.' if left_out -%}
        {%- if obstacle -%}
            {%- do log('okr_metrics published nothing to ' ~ targets | join(', ') ~ ': ' ~ obstacle ~ ' Readers keep what was published before.', info=true) -%}
            {{ return('') }}
        {%- endif -%}

        {%- set relations, statements = {}, [] -%}
        {%- for node in models if node.access == 'public' -%}
            {%- set relation = load_relation(api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias)) -%}
            {%- do relations.update({node.name: relation}) if relation -%}
        {%- endfor -%}
        {%- for target in targets -%}
            {%- do statements.append(adapter.dispatch('publish', 'okr_metrics')(relations, target)) -%}
        {%- endfor -%}
        {{ return(statements | join('\n')) }}
    {%- endif -%}
{%- endmacro %}

{# Where public tables can be published, for the rule of okr_metrics_publish_to: a pattern of one target, and what to write, in words. A server swaps each table in a transaction of its own, so its readers need no copy. #}
{% macro default__publish_targets() -%}
    {{ return({'pattern': '(?!)', 'text': 'null: readers of this warehouse never see half a table'}) }}
{%- endmacro %}

{% macro duckdb__publish_targets() -%}
    {{ return({'pattern': "[^'\n]*([.]duckdb|/)", 'text': 'the path of a file that ends in .duckdb, or of a folder that ends in /, without quotes, or a list of these, or null to publish nothing'}) }}
{%- endmacro %}

{% macro spark__publish_targets() -%}
    {{ return({'pattern': '[a-z0-9_]+', 'text': 'the name of a schema, in lower case, or null to publish nothing'}) }}
{%- endmacro %}

{# Not called, as no target is right there; dbt looks for it when it parses. #}
{% macro default__publish(relations, target) -%}
{%- endmacro %}

{# A DuckDB file has one writer or readers, not both: readers get a copy, put in place of the last one by a rename. #}
{% macro duckdb__publish(relations, path) -%}
    {%- if path.endswith('/') -%}
    {#- a copy of no rows makes the folder -#}
    copy (select 1 as part, 1 as nothing where false) to '{{ path }}' (format parquet, partition_by (part), overwrite_or_ignore true);
    {% for name, relation in relations.items() -%}
    copy (from {{ relation }}) to '{{ path }}{{ name }}.parquet' (format parquet, use_tmp_file true);
    {% endfor -%}
    {%- else -%}
    {#- storage that clients since DuckDB 1.0 can open -#}
    attach '{{ path }}.new' as okr_metrics_published (storage_version 'v1.0.0');
    {% for name, relation in relations.items() -%}
    create or replace table okr_metrics_published.{{ name }} as from {{ relation }};
    {% endfor -%}
    detach okr_metrics_published;
    copy (select content from read_blob('{{ path }}.new')) to '{{ path }}' (format blob, use_tmp_file true);
    {%- endif -%}
{%- endmacro %}

{# Spark drops a table before it writes the next: readers get views, each moved to a fresh copy in one step of the catalogue. #}
{% macro spark__publish(relations, schema) -%}
    {%- set build = '__' ~ run_started_at.strftime('%Y%m%d%H%M%S%f') -%}
    {%- do run_query('create database if not exists ' ~ schema) -%}
    {%- for name, relation in relations.items() -%}
        {%- do run_query('create table ' ~ schema ~ '.' ~ name ~ build ~ ' as select * from ' ~ relation) -%}
    {%- endfor -%}
    {%- for name in relations -%}
        {%- set view = schema ~ '.' ~ name -%}
        {#- `create or replace` drops the view for a moment -#}
        {%- do run_query('create view if not exists ' ~ view ~ ' as select * from ' ~ view ~ build) -%}
        {%- do run_query('alter view ' ~ view ~ ' as select * from ' ~ view ~ build) -%}
    {%- endfor -%}
    {#- the build before stays for queries that have begun -#}
    {%- set copies = {} -%}
    {%- for row in run_query('show tables in ' ~ schema) if modules.re.match('.*__[0-9]{20}$', row['tableName']) -%}
        {%- do copies.setdefault(row['tableName'][-20:], []).append(row['tableName']) -%}
    {%- endfor -%}
    {%- for old in (copies | sort)[:-2] -%}
        {%- for table in copies[old] -%}
            {%- do run_query('drop table ' ~ schema ~ '.' ~ table) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return('') }}
{%- endmacro %}
