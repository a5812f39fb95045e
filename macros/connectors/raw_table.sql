{# A raw table as a select of the columns that a connector reads: {column: kind}, or {'column as name': kind} where its own name is a word of SQL. Kinds: text, number,
   price (12 decimals), boolean, day, time (in UTC), as_it_is. A column that is absent is null, and a table that is absent has no row: a loader makes both when there is something
   to put in. Both count as there while dbt parses or may not ask (--no-introspect). is_deleted_left_out: without rows that the loader marks as deleted. is_state: of a history,
   the rows that hold now. Of several places of a source their rows together, ids with the schema before them where two accounts may have the same. What another loader calls by
   another name, or leaves in an object, is in loader_shapes. #}
{% macro raw_table(source_name, table, columns, is_deleted_left_out=false, is_state=false) -%}
    {%- set shapes = loader_shapes(source_name) -%}
    {%- set shape = shapes.tables[table] if shapes else second_names(source_name).get(table, {}) -%}
    {%- set relations = raw_relations(source_name, shape.name or table) if shape is not none else [none] -%}
    {%- set renamed = raw_relations(source_name, shape.renamed) if shape.renamed else [] -%}
    {%- set may_ask = execute and flags.INTROSPECT is not false -%}
    {%- set loader = {'names': shape.columns or {}, 'copies': shapes.copies, 'deleted': shapes.deleted or '_fivetran_deleted', 'state': '_fivetran_active'} -%}
    {%- for first_name in relations -%}
    {%- set new_name = renamed[loop.index0] if renamed else none -%}
    {%- set relation = new_name if new_name and may_ask and is_in_warehouse(new_name) else first_name -%}
    {%- set is_there = relation and (not may_ask or is_in_warehouse(relation)) -%}
    {%- set present = columns_of(relation) if may_ask and is_there else none -%}
    {#- dbt names a relation by itself where it shows no rows of it (--empty): an alias stands after brackets -#}
    {%- set read, conditions = namespace(rows='(select * from ' ~ relation ~ ')'), [] -%}
    {%- if not is_there -%}
        {%- set read.rows = '(select 1 as absent)' -%}
        {%- do conditions.append('1 = 0') -%}
    {%- else -%}
        {%- if loader.copies and (present is none or loader.copies in present) -%}
            {#- of the copies of a row the one that was loaded last -#}
            {%- set read.rows = '(select copies.*, row_number() over (partition by id order by ' ~ loader.copies ~ ' desc) as copy_number from ' ~ read.rows ~ ' as copies)' -%}
            {%- do conditions.append('copy_number = 1') -%}
        {%- endif -%}
        {%- for array in shape.rows or [] -%}
            {%- set read.rows = '(' ~ json_rows(read.rows, raw_place(array), 'item' if loop.last else 'parent') ~ ')' -%}
        {%- endfor -%}
        {%- if is_deleted_left_out and (present is none or loader.deleted in present) -%}
            {%- do conditions.append(loader.deleted ~ ' is null' if loader.deleted.endswith('_at')
                else 'not coalesce(cast(' ~ loader.deleted ~ ' as ' ~ dbt.type_boolean() ~ '), false)') -%}
        {%- endif -%}
        {%- if is_state and not shapes and (present is none or loader.state in present) -%}
            {%- do conditions.append('coalesce(cast(' ~ loader.state ~ ' as ' ~ dbt.type_boolean() ~ '), true)') -%}
        {%- endif -%}
    {%- endif -%}
    {%- set local_ids = relation.schema ~ ':' if connectors()[source_name].has_local_ids and not loop.first else '' -%}
    select
        {%- for column, kind in columns.items() %}
        {%- set own_name = column.split(' as ')[0] %}
        {%- set places = loader.names.get(own_name, own_name) %}
        {%- set found = [] %}
        {%- for place in ([places] if places is string else places) if is_there and (present is none or place.split('.')[0] in present + ['parent', 'item']) %}
        {%- do found.append(raw_cell(place, kind, shapes.times)) %}
        {%- endfor %}
        {%- if not found %}
        {{ raw_value('cast(null as ' ~ dbt.type_string() ~ ')', kind) }}
        {%- else %}
        {{ literals([local_ids]) ~ ' || ' if local_ids and kind == 'text' and (own_name == 'id' or own_name.endswith('_id')) and own_name != 'external_id' }}
        {#- of a table that can't be asked the first name of a column is read -#}
        {{ found[0] if found | length == 1 or present is none else 'coalesce(' ~ found | join(', ') ~ ')' }}
        {%- endif %} as {{ column.split(' as ')[-1] }}{{ ',' if not loop.last }}
        {%- endfor %}

    from {{ read.rows }} as raw_rows

    where {{ conditions | join('\n        and ') or '1 = 1' }}
    {{ 'union all' if not loop.last }}
    {% endfor -%}
{%- endmacro %}

{# The relations of a raw table, one in each place of its source. The first is dbt's source, for lineage and freshness: dbt declares no source by a list. #}
{% macro raw_relations(source_name, table) -%}
    {%- set first = source(source_name, table) -%}
    {%- set relations = [first] -%}
    {%- for place in source_places(source_name)[1:] -%}
        {%- do relations.append(api.Relation.create(database=place.database or first.database, schema=place.schema, identifier=first.identifier)) -%}
    {%- endfor -%}
    {{ return(relations) }}
{%- endmacro %}

{# The value at a place of a raw table, read as a kind. #}
{% macro raw_cell(place, kind, times=none) -%}
    {%- if kind == 'time' and times == 'epoch' and not place.startswith('_') -%}
    cast({{ dbt.dateadd('second', 'cast(' ~ raw_place(place) ~ ' as integer)', "cast('1970-01-01' as " ~ dbt.type_timestamp() ~ ')') }} as {{ dbt.type_timestamp() }})
    {%- else -%}
    {{ raw_value(raw_place(place), kind) }}
    {%- endif -%}
{%- endmacro %}

{# Where a value stands: a column, or a path of keys in a column that holds an object, such as price.id. #}
{% macro raw_place(path) -%}
    {%- set steps = path.split('.') -%}
    {{ return(json_text(raw_column(steps[0]), steps[1:]) if steps | length > 1 else raw_column(steps[0])) }}
{%- endmacro %}

{# A column of a raw table read as a kind. #}
{% macro raw_value(column, kind) -%}
    {%- if kind == 'text' -%}
    {{ text(column) }}
    {%- elif kind == 'number' -%}
    {{ number(column) }}
    {%- elif kind == 'price' -%}
    {{ number(column, 12) }}
    {%- elif kind == 'boolean' -%}
    cast({{ column }} as {{ dbt.type_boolean() }})
    {%- elif kind == 'day' -%}
    {{ try_cast(column, 'date') }}
    {%- elif kind == 'time' -%}
    {{ utc_to_reporting(column, 'UTC') }}
    {%- else -%}
    {{ column }}
    {%- endif -%}
{%- endmacro %}

{# A name of a raw table's column, in quotes where it is a word of SQL. #}
{% macro raw_column(name) -%}
    {{ return(adapter.dispatch('quoted_raw_column', 'okr_metrics')(name) if name in ('date', 'day', 'end', 'index', 'interval', 'order', 'start') else name) }}
{%- endmacro %}

{% macro default__quoted_raw_column(name) -%}
    {{ return(adapter.quote(name)) }}
{%- endmacro %}
