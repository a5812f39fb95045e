{# Columns of a select, each with a comma behind it, so that none may be there. #}
{% macro columns_from(columns, relation=none) -%}
    {%- for column in columns -%}
    {{ relation ~ '.' if relation }}{{ column }},{{ '\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
