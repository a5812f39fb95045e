{# A raw table as a select of the columns that a connector reads: {column: kind}, or {'column as name': kind} where its own name is a word of SQL. Kinds: text, number,
   price (12 decimals), boolean, day, time (in UTC), as_it_is. A column that is absent is null, and a table that is absent has no row: a loader makes both when there is something
   to put in. Both count as there while dbt parses or may not ask (--no-introspect). is_deleted_left_out: without rows that the loader marks as deleted. is_state: of a history,
   the rows that hold now. Of several places of a source their rows together, ids with the schema before them where two accounts may have the same. What another loader calls by
   another name, or leaves in an object, is in loader_shapes; loaded_by: the only loader that has the table. #}
{% macro raw_table(source_name, table, columns, is_deleted_left_out=false, is_state=false, loaded_by=none) -%}
    {%- if source_name not in (var('okr_metrics_sources', none) or {}) -%}
        {#- its model is off, and a project that names no source parses sooner -#}
        {{ return('') }}
    {%- endif -%}
    {%- set shapes = loader_shapes(source_name) -%}
    {%- set shape = shapes.tables[table] if shapes else second_names(source_name).get(table, {}) -%}
    {%- set shape = shape if loaded_by in [none, source_setting(source_name, 'loader')] else none -%}
    {%- set relations = raw_relations(source_name, shape.name or table) if shape is not none else [none] -%}
    {%- set renamed = raw_relations(source_name, shape.renamed) if shape.renamed else [] -%}
    {%- set may_ask = execute and flags.INTROSPECT is not false -%}
    {%- set loader = {
        'names': shape.columns or {}, 'key': shape.key or ['id'], 'copies': shapes.copies, 'deleted': shapes.deleted if shapes else '_fivetran_deleted',
        'state': '_fivetran_active',
    } -%}
    {%- for first_name in relations -%}
    {%- set number, parents = loop.index0, [] -%}
    {%- for parent in shape.parents or [] -%}
        {%- do parents.append(raw_relations(source_name, parent)[number]) -%}
    {%- endfor -%}
    {%- set new_name = renamed[number] if renamed else none -%}
    {%- set relation = new_name if new_name and may_ask and is_in_warehouse(new_name) else first_name -%}
    {%- set is_there = relation and (not may_ask or is_in_warehouse(relation)) -%}
    {%- set present = stored_columns(relation) if may_ask and is_there else none -%}
    {#- dbt names a relation by itself where it shows no rows of it (--empty): an alias stands after brackets -#}
    {%- set read, conditions = namespace(rows='(select * from ' ~ relation ~ ')'), [] -%}
    {%- if not is_there -%}
        {%- set read.rows = '(select 1 as absent)' -%}
        {%- do conditions.append('1 = 0') -%}
    {%- else -%}
        {%- if parents -%}
            {%- set read.rows = child_rows(read.rows, parents, loader.copies) -%}
        {%- elif loader.copies and (present is none or loader.copies in present) -%}
            {%- set key = [] -%}
            {%- for column in loader.key if present is none or raw_name(column) in present -%}
                {%- do key.append(raw_place(column, present)) -%}
            {%- endfor -%}
            {%- set read.rows = numbered_copies(read.rows, loader.copies, key | join(', ')) -%}
            {%- do conditions.append('copy_number = 1') -%}
        {%- endif -%}
        {%- for array in shape.rows or [] -%}
            {%- set read.rows = '(' ~ json_rows(read.rows, raw_place(array, present), 'item' if loop.last else 'parent') ~ ')' -%}
        {%- endfor -%}
        {%- if is_deleted_left_out and loader.deleted and (present is none or loader.deleted in present) -%}
            {%- do conditions.append(loader.deleted ~ ' is null' if loader.deleted.endswith('_at')
                else 'not coalesce(cast(' ~ loader.deleted ~ ' as ' ~ dbt.type_boolean() ~ '), false)') -%}
        {%- endif -%}
        {%- if is_state and not shapes and (present is none or loader.state in present) -%}
            {%- do conditions.append('coalesce(cast(' ~ loader.state ~ ' as ' ~ dbt.type_boolean() ~ '), true)') -%}
        {%- endif -%}
    {%- endif -%}
    {#- what stands in a row beside the columns of its table -#}
    {%- set made = (['parent', 'item'] if shape.rows else []) + (['id_of_parent'] if parents else []) -%}
    {%- set local_ids = relation.schema ~ ':' if connectors()[source_name].has_local_ids and not loop.first else '' -%}
    select
        {%- for column, kind in columns.items() %}
        {%- set own_name = column.split(' as ')[0] %}
        {%- set found = [] %}
        {%- for place in raw_places(loader.names.get(own_name, own_name), present or [], shapes.flat) if is_there and (present is none or raw_name(place) in present or raw_name(place) in made) %}
        {%- do found.append(raw_cell(place, kind, present, shapes.times)) %}
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

{# Rows, numbered among the copies of each, the one that was loaded last first. #}
{% macro numbered_copies(rows, copies, key='id') -%}
    {{ return('(select copies.*, row_number() over (partition by ' ~ key ~ ' order by ' ~ copies ~ ' desc) as copy_number from ' ~ rows ~ ' as copies)') }}
{%- endmacro %}

{# Rows that dlt puts in a table of their own, as the elements of an array, with the id of the object that has the array (id_of_parent). Parents: the tables above, the
   outermost first; of its copies the one that was loaded last counts. #}
{% macro child_rows(rows, parents, copies) -%}
    {%- set read = namespace(parents='(select * from ' ~ numbered_copies('(select * from ' ~ parents[0] ~ ')', copies) ~ ' as numbered where copy_number = 1)') -%}
    {%- for parent in parents[1:] -%}
        {%- set read.parents = '(select children.* from (select * from ' ~ parent ~ ') as children inner join ' ~ read.parents
            ~ ' as parents on children._dlt_parent_id = parents._dlt_id)' -%}
    {%- endfor -%}
    {{ return('(select children.*, parents.id as id_of_parent from ' ~ rows ~ ' as children inner join ' ~ read.parents ~ ' as parents on children._dlt_parent_id = parents._dlt_id)') }}
{%- endmacro %}

{# The places where a column's value may stand, by the names that a loader gives it. flat: what is in an object is a column of its own, after the names of all objects around
   it. A column whose values change their type goes on in another there. #}
{% macro raw_places(names, present, flat=false) -%}
    {%- set places = [] -%}
    {%- for name in ([names] if names is string else names) -%}
        {%- set words = [] -%}
        {%- for word in name.split('.') if flat -%}
            {%- do words.append(modules.re.sub('[^a-z0-9]+', '_', modules.re.sub('([a-z0-9])([A-Z])', '\\1_\\2', word) | lower)) -%}
        {%- endfor -%}
        {%- set place = words | join('__') if '.' in name and flat else name -%}
        {%- do places.append(place) -%}
        {%- for other in present if other.startswith(place ~ '__v_') -%}
            {%- do places.append(other) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(places) }}
{%- endmacro %}

{# {name of a column in lower case, with _ for other signs: its name as plain SQL finds it}: loaders and warehouses spell one name in several ways. #}
{% macro stored_columns(relation) -%}
    {%- set stored = {} -%}
    {%- for column in columns_of(relation) -%}
        {%- do stored.update({modules.re.sub('[^a-z0-9_]', '_', column.strip('"') | lower): column}) -%}
    {%- endfor -%}
    {{ return(stored) }}
{%- endmacro %}

{# The name of the column of a place, as stored_columns has it. #}
{% macro raw_name(place) -%}
    {{ return(modules.re.sub('[^a-z0-9_]', '_', modules.re.split('[.:/]', place)[0] | lower)) }}
{%- endmacro %}

{# The value at a place of a raw table, read as a kind; an epoch is in seconds since 1970, unless the loader has made a time of it. present: the columns that are there, if
   they are known. #}
{% macro raw_cell(place, kind, present=none, times=none) -%}
    {%- set value = raw_place(place, present) -%}
    {%- if kind == 'time' and times == 'epoch' and not place.startswith('_') -%}
    {%- set seconds = 'cast(' ~ number(value) ~ ' as ' ~ dbt.type_bigint() ~ ')' -%}
    coalesce(
            {{ from_epoch(seconds) }},
            {{ raw_value(value, kind) }}
        )
    {%- else -%}
    {{ raw_value(value, kind) }}
    {%- endif -%}
{%- endmacro %}

{# Where a value stands: a column; a path of keys in a column that holds an object, such as price.id; or a part of a text, such as the fourth between colons (account:4),
   where it has so many. #}
{% macro raw_place(place, present=none) -%}
    {%- set part = modules.re.match('^(.+)([:/])([0-9])$', place) -%}
    {%- if part -%}
        {%- set whole = text(raw_place(part.group(1), present)) -%}
        {{ return('coalesce(nullif(' ~ dbt.split_part(whole, "'" ~ part.group(2) ~ "'", part.group(3) | int) ~ ", ''), " ~ whole ~ ')') }}
    {%- endif -%}
    {%- set steps = place.split('.') -%}
    {%- set column = raw_column((present or {}).get(raw_name(place), steps[0])) -%}
    {{ return(json_text(column, steps[1:]) if steps | length > 1 else column) }}
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

{# A name of a raw table's column, in quotes where it is a word of SQL or has a sign that plain names don't have. #}
{% macro raw_column(name) -%}
    {{ return(adapter.dispatch('quoted_raw_column', 'okr_metrics')(name) if name in ('date', 'day', 'end', 'index', 'interval', 'order', 'start')
        or not modules.re.match('^(".*"|[A-Za-z0-9_]+)$', name) else name) }}
{%- endmacro %}

{% macro default__quoted_raw_column(name) -%}
    {{ return(adapter.quote(name)) }}
{%- endmacro %}
