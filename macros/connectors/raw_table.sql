{# A raw table as a select of the columns that a connector reads: {column: kind}, or {'column as name': kind} where its own name is a word of SQL. Kinds: text, number,
   price (12 decimals), boolean, day, time (in UTC), as_it_is. A column that is absent is null, and a table that is absent has no row: a loader makes both when there is something
   to put in. Both count as there while dbt parses or may not ask (--no-introspect). is_deleted_left_out: without rows that the loader marks as deleted. is_state: of a history,
   the rows that hold now. #}
{% macro raw_table(source_name, table, columns, is_deleted_left_out=false, is_state=false) -%}
    {%- set relation = source(source_name, table) -%}
    {%- set may_ask = execute and flags.INTROSPECT is not false -%}
    {%- set is_there = not may_ask or is_in_warehouse(relation) -%}
    {%- set present = columns_of(relation) if may_ask and is_there -%}
    select
        {%- for column, kind in columns.items() %}
        {%- set name = column.split(' as ')[0] %}
        {{ raw_value(raw_column(name) if present is none or name in present else 'cast(null as ' ~ dbt.type_string() ~ ')', kind) }} as {{ column.split(' as ')[-1] }}{{ ',' if not loop.last }}
        {%- endfor %}

    from {{ relation if is_there else '(select 1 as absent) as absent_table' }}

    where {{ '1 = 1' if is_there else '1 = 0' }}
    {%- if is_deleted_left_out and (present is none or '_fivetran_deleted' in present) %}
        and not coalesce(cast(_fivetran_deleted as {{ dbt.type_boolean() }}), false)
    {%- endif %}
    {%- if is_state and (present is none or '_fivetran_active' in present) %}
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
