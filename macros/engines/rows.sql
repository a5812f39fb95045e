{# A whole row as JSON text. Columns: those that the row must show, for engines that can't name a row. #}
{% macro row_as_json(relation, columns) -%}
    {{ return(adapter.dispatch('row_as_json', 'okr_metrics')(relation, columns)) }}
{%- endmacro %}

{% macro default__row_as_json(relation, columns) -%}
    cast(to_json({{ relation }}) as {{ dbt.type_string() }})
{%- endmacro %}

{% macro spark__row_as_json(relation, columns) -%}
    to_json(struct({{ relation }}.*))
{%- endmacro %}

{# A whole row as read_input carries it: JSON, or what becomes JSON where raw_row_as_json is asked for, which is cheaper by the JSON of all other rows. #}
{% macro carried_row(relation, columns) -%}
    {{ return(adapter.dispatch('carried_row', 'okr_metrics')(relation, columns)) }}
{%- endmacro %}

{% macro default__carried_row(relation, columns) -%}
    {{ row_as_json(relation, columns) }}
{%- endmacro %}

{% macro duckdb__carried_row(relation, columns) -%}
    {{ relation }}
{%- endmacro %}

{# The JSON of a carried row. #}
{% macro raw_row_as_json() -%}
    {{ return(adapter.dispatch('raw_row_as_json', 'okr_metrics')()) }}
{%- endmacro %}

{% macro default__raw_row_as_json() -%}
    raw_row
{%- endmacro %}

{# A text is the row of an input with several sources: rows of two shapes can't be carried in one column. #}
{% macro duckdb__raw_row_as_json() -%}
    case when typeof(raw_row) = 'VARCHAR' then cast(raw_row as varchar) else cast(to_json(raw_row) as varchar) end
{%- endmacro %}

{# What keys are grouped by to find those that come more than once: never null, and shorter than a text where an engine has a hash. Two keys may share it. #}
{% macro key_hash(key) -%}
    {{ return(adapter.dispatch('key_hash', 'okr_metrics')(key)) }}
{%- endmacro %}

{% macro default__key_hash(key) -%}
    coalesce({{ key }}, '')
{%- endmacro %}

{% macro duckdb__key_hash(key) -%}
    hash({{ key }})
{%- endmacro %}

{# The CTE repeated: the hash of each key that comes more than once in a relation. #}
{% macro repeated_hashes(relation, key) -%}
    {{ return(adapter.dispatch('repeated_hashes', 'okr_metrics')(relation, key)) }}
{%- endmacro %}

{% macro default__repeated_hashes(relation, key) -%}
    repeated as (

        select {{ key_hash(key) }} as repeated_hash from {{ relation }} group by 1 having count(*) > 1

    )
{%- endmacro %}

{# Sorting 100 million hashes, without their keys, takes half the CPU and a third of the memory of grouping them. #}
{% macro duckdb__repeated_hashes(relation, key) -%}
    key_hashes as (

        select {{ key_hash(key) }} as repeated_hash from {{ relation }}

    ),

    numbered_hashes as (

        select
            repeated_hash,
            row_number() over (partition by repeated_hash) as hash_number

        from key_hashes

    ),

    repeated as (

        select repeated_hash from numbered_hashes where hash_number = 2

    )
{%- endmacro %}

{# keep_days passes it on: what stands before the parenthesis of a CTE that is cheaper to compute for each reader than to keep, the rows of a large input. #}
{% macro default__streamed() -%}
{%- endmacro %}

{% macro duckdb__streamed() -%}
    not materialized
{%- endmacro %}

{# A query of the whole numbers from 1 on, in generated_number. #}
{% macro number_series(last) -%}
    {{ return(adapter.dispatch('number_series', 'okr_metrics')(last)) }}
{%- endmacro %}

{% macro default__number_series(last) -%}
    {{ dbt.generate_series(last) }}
{%- endmacro %}

{# The joins of the default take Spark half a minute. #}
{% macro spark__number_series(last) -%}
    select explode(sequence(1, {{ last }})) as generated_number
{%- endmacro %}
