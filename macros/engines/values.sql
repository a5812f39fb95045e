{# A value read as a type, or null where it isn't written as one (is_text_of): the engines' own casts guess. A date is the day as it is written.
   Types: date, timestamp, integer or a numeric. #}
{% macro try_cast(value, type) -%}
    {{ return(adapter.dispatch('try_cast', 'okr_metrics')(value, type)) }}
{%- endmacro %}

{# The condition on a value's text: a number has digits, a point, a sign and an exponent, and no other letter or mark. #}
{% macro is_text_of(text, type) -%}
    {%- if type.startswith('date') -%}
    {{ is_time_text(text) }}
    {%- elif type.startswith('timestamp') -%}
    {{ is_time_text(text, 'naive') }}
    {%- elif type == 'integer' -%}
    {{ has_pattern(text, '^[-+]?[0-9]{1,9}([.]0*)?$') }}
    {%- else -%}
    {{ has_pattern(text, '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]{1,2})?$') }}
    {%- endif -%}
{%- endmacro %}

{% macro default__try_cast(value, type) -%}
    {%- set trimmed = text(value) -%}
    case when {{ is_text_of(trimmed, type) }} then try_cast({{ trimmed }} as {{ type }}) end
{%- endmacro %}

{# What is typed needs no look at its text, which takes longer than all else here. #}
{% macro duckdb__try_cast(value, type) -%}
    {%- set trimmed = text(value) -%}
    case
        {%- if type.startswith('date') or type.startswith('timestamp') %}
        when typeof({{ value }}) in ('DATE', 'TIMESTAMP') then try_cast({{ value }} as {{ type }})
        {%- else %}
        when typeof({{ value }}) like 'DECIMAL%' or typeof({{ value }}) in ('TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT')
            or typeof({{ value }}) = 'DOUBLE' and abs(try_cast({{ value }} as double)) < 1e6
            then try_cast({{ value }} as {{ type }})
        {#- what is shown of a float is meant: cast by itself 999999999 is 999999998.999999938560; a small one is the same to a millionth, in less time -#}
        when typeof({{ value }}) in ('FLOAT', 'DOUBLE') then try_cast(cast({{ value }} as varchar) as {{ type }})
        {%- endif %}
        when {{ is_text_of(trimmed, type) }} then try_cast({{ trimmed }} as {{ type }})
    end
{%- endmacro %}

{# PostgreSQL has no try_cast: a text is matched first, and a number must fit. Redshift reads this too, so no \d. #}
{% macro postgres__try_cast(value, type) -%}
    {%- set trimmed = text(value) -%}
    case
        when {{ is_text_of(trimmed, type) }}
        {%- if type.startswith('date') or type.startswith('timestamp') %}
            then cast({{ trimmed }} as {{ type }})
        {%- elif type == 'integer' %}
            then cast(cast({{ trimmed }} as numeric) as integer)
        {%- else %}
            {%- set digits, decimals = type.replace(')', '').split('(')[1].split(',') %}
            then case
                when abs(round(cast({{ trimmed }} as numeric), {{ decimals | int }})) < 1e{{ digits | int - decimals | int }}
                    then cast(cast({{ trimmed }} as numeric) as {{ type }})
            end
        {%- endif %}
    end
{%- endmacro %}

{# An 8-byte float: dbt.type_float() is 4 bytes on DuckDB and Spark, which is wrong from the seventh digit on. #}
{% macro type_double() -%}
    {{ return(adapter.dispatch('type_double', 'okr_metrics')()) }}
{%- endmacro %}

{% macro default__type_double() -%}
    double precision
{%- endmacro %}

{% macro spark__type_double() -%}
    double
{%- endmacro %}

{# Whether two values differ, null being a value like others. #}
{% macro differ(left, right) -%}
    {{ return(adapter.dispatch('differ', 'okr_metrics')(left, right)) }}
{%- endmacro %}

{% macro default__differ(left, right) -%}
    {{ left }} is distinct from {{ right }}
{%- endmacro %}
