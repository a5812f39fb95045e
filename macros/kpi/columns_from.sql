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
