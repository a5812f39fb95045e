{# The raw tables that a connector reads of a source, as its loader names them, by place: [{table: its relation, or none where it is not in the warehouse}]. For an execution:
   dbt's graph and the warehouse are asked. #}
{% macro raw_tables(source_name) -%}
    {%- set shapes, names = loader_shapes(source_name), [] -%}
    {%- if shapes -%}
        {%- do names.extend(tables_of_shapes(shapes)) -%}
    {%- else -%}
        {#- another loader may call some as Fivetran does -#}
        {%- set elsewhere = [] -%}
        {%- for loader in connectors()[source_name].get('loaders', []) -%}
            {%- set shapes = loader_shapes(source_name, loader) -%}
            {%- do elsewhere.extend(tables_of_shapes(shapes) | reject('in', shapes.get('tables', {}))) -%}
        {%- endfor -%}
        {%- set declared = graph.sources.values() | selectattr('package_name', 'equalto', 'okr_metrics') | selectattr('source_name', 'equalto', source_name) -%}
        {%- do names.extend(declared | map(attribute='name') | reject('in', elsewhere)) -%}
    {%- endif -%}
    {%- set places = [] -%}
    {%- for place in source_places(source_name) -%}
        {%- set number, tables = loop.index0, {} -%}
        {%- for name in names -%}
            {%- set relation = raw_relations(source_name, name)[number] -%}
            {%- do tables.update({name: relation if is_in_warehouse(relation) else none}) -%}
        {%- endfor -%}
        {%- do places.append(tables) -%}
    {%- endfor -%}
    {{ return(places) }}
{%- endmacro %}

{# The names of the tables of another loader. #}
{% macro tables_of_shapes(shapes) -%}
    {%- set names = [] -%}
    {%- for shape in shapes.get('tables', {}).values() if shape -%}
        {%- do names.extend([shape.name, shape.renamed] | select | reject('in', names) | list) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{# What keeps a named source from being read, one sentence each: a schema without any of its tables is a slip of the pen, and would be read as a source without rows. #}
{% macro missing_sources() -%}
    {%- set problems = [] -%}
    {%- for source_name in named_sources() -%}
        {%- for tables in raw_tables(source_name) -%}
            {%- set first = raw_relations(source_name, tables.keys() | first)[loop.index0] -%}
            {%- do problems.append(
                'okr_metrics_sources.' ~ source_name ~ ': none of its raw tables, as ' ~ source_setting(source_name, 'loader') ~ ' names them, is in the schema '
                ~ first.without_identifier() ~ ': ' ~ tables | join(', ') ~ '. Name the schema and the loader of the source there, or load it.'
            ) if tables.values() | select | list == [] -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(problems) }}
{%- endmacro %}

{# Stops the build with those sentences. #}
{% macro stop_on_missing_sources() -%}
    {%- if execute and flags.WHICH in ('build', 'run') and flags.INTROSPECT is not false -%}
        {%- set problems = missing_sources() -%}
        {%- if problems -%}
            {{ exceptions.raise_compiler_error(problems | join('\n') ~ '\n`dbt run-operation okr_metrics_doctor` lists the tables that are there.') }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
