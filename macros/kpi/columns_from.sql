{# Columns of a select, each with a comma behind it, so that none may be there; with a prefix those of that name as they are without it. #}
{% macro columns_from(columns, relation=none, prefix='') -%}
    {%- for column in columns -%}
    {{ relation ~ '.' if relation }}{{ prefix }}{{ column }}{{ ' as ' ~ column if prefix }},{{ '\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
