{# The as-of date (the last day read) as SQL. #}
{% macro as_of_date() -%}
    cast('{{ setting("as_of_date") }}' as date)
{%- endmacro %}
