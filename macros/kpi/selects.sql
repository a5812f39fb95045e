{# Columns of a select, each with a comma behind it, so that there may be none. With a prefix: those of that name, as they are called without it;
   otherwise: what stands where one is null; with a value: all of them are it. #}
{% macro columns_from(columns, relation=none, prefix='', otherwise=none, value=none) -%}
    {%- for column in columns -%}
    {%- set source = (relation ~ '.' if relation else '') ~ prefix ~ column -%}
    {%- if value or otherwise -%}
    {{ value or 'coalesce(' ~ source ~ ', ' ~ otherwise ~ ')' }} as {{ column }}
    {%- else -%}
    {{ source }}{{ ' as ' ~ column if prefix }}
    {%- endif -%}
    ,{{ '\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# A model of ours where it is on, else no row in its shape, so that the SQL that reads it has no branches: columns are {name: type}, measures are
   numbers by period and segment. #}
{% macro optional_model(name, is_on, measures=[], columns={}) -%}
    {%- if is_on -%}
    {{ ref(name) }}
    {%- else -%}
    (
        select
            {% for column, type in columns.items() -%}
            cast(null as {{ type }}) as {{ column }},
            {% endfor -%}
            {% for measure in measures -%}
            cast(null as numeric(38, 12)) as {{ measure }},
            {% endfor -%}
            cast(null as {{ dbt.type_string() }}) as period_grain,
            cast(null as date) as period_start,
            cast(null as {{ dbt.type_string() }}) as dimension,
            cast(null as {{ dbt.type_string() }}) as dimension_value

        where 1 = 0
    ) as {{ name }}
    {%- endif -%}
{%- endmacro %}

{# Values as texts in SQL, with commas between them; null for none. #}
{% macro literals(values) -%}
    {%- for value in values -%}
    {{ 'null' if value is none or value is undefined else dbt.string_literal(dbt.escape_single_quotes(value | string)) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
