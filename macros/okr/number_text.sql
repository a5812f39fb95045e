{# A number as text for a reader, to four decimals. #}
{% macro number_text(value) -%}
    {{ dbt.safe_cast('cast(' ~ value ~ ' as numeric(28, 4))', dbt.type_string()) }}
{%- endmacro %}
