{# Values as texts in SQL, with commas between them; null for none. #}
{% macro literals(values) -%}
    {%- for value in values -%}
    {{ 'null' if value is none or value is undefined else dbt.string_literal(dbt.escape_single_quotes(value | string)) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
