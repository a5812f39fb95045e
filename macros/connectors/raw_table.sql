{# A raw table as a select of the columns that a connector reads: {column: kind}, or {'column as name': kind} where its own name is a word of SQL. Kinds: text, number,
   price (12 decimals), boolean, day, time (in UTC), as_it_is. A column that is absent is null, and a table that is absent has no row: a loader makes both when there is something
   to put in. Both count as there while dbt parses or may not ask (--no-introspect). is_deleted_left_out: without rows that the loader marks as deleted. is_state: of a history,
   the rows that hold now. What another loader calls by another name, or leaves in an object, is in loader_shapes. #}
{% macro raw_table(source_name, table, columns, is_deleted_left_out=false, is_state=false) -%}
    {%- set shapes = loader_shapes(source_name) -%}
    {%- set shape = shapes.tables[table] if shapes else {} -%}
    {%- set relation = source(source_name, shape.name or table) if shape is not none -%}
    {%- set may_ask = execute and flags.INTROSPECT is not false -%}
    {%- set is_there = relation and (not may_ask or is_in_warehouse(relation)) -%}
    {%- set present = columns_of(relation) if may_ask and is_there -%}
    {%- set names = shape.columns or {} -%}
    select
        {%- for column, kind in columns.items() %}
        {%- set own_name = column.split(' as ')[0] %}
        {%- set place = names.get(own_name, own_name).split('.') %}
        {%- set is_absent = not is_there or present is not none and place[0] not in present %}
        {%- set found = 'cast(null as ' ~ dbt.type_string() ~ ')' if is_absent
            else json_text(raw_column(place[0]), place[1:]) if place | length > 1 else raw_column(place[0]) %}
        {%- if kind == 'time' and shapes.times == 'epoch' and not is_absent and not place[0].startswith('_') %}
        cast({{ dbt.dateadd('second', 'cast(' ~ found ~ ' as integer)', "cast('1970-01-01' as " ~ dbt.type_timestamp() ~ ')') }} as {{ dbt.type_timestamp() }})
        {%- else %}
        {{ raw_value(found, kind) }}
        {%- endif %} as {{ column.split(' as ')[-1] }}{{ ',' if not loop.last }}
        {%- endfor %}

    {% if shapes.copies and is_there and (present is none or shapes.copies in present) -%}
    -- of the copies of a row the one that was loaded last
    from (
        select
            *,
            row_number() over (partition by {{ shape.key or 'id' }} order by {{ shapes.copies }} desc) as copy_number

        from {{ relation }}
    ) as copies

    where copy_number = 1
    {%- else -%}
    from {{ relation if is_there else '(select 1 as absent) as absent_table' }}

    where {{ '1 = 1' if is_there else '1 = 0' }}
    {%- endif %}
    {%- set deleted = shapes.deleted or '_fivetran_deleted' %}
    {%- if is_deleted_left_out and is_there and (present is none or deleted in present) %}
        and not coalesce(cast({{ deleted }} as {{ dbt.type_boolean() }}), false)
    {%- endif %}
    {%- if is_state and is_there and not shapes and (present is none or '_fivetran_active' in present) %}
        and coalesce(cast(_fivetran_active as {{ dbt.type_boolean() }}), true)
    {%- endif %}
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
