{# A number as text for a reader, to four decimals; by way of twelve, so that all engines round a half alike. #}
{% macro number_text(value) -%}
    {{ dbt.safe_cast('cast(cast(' ~ value ~ ' as numeric(38, 12)) as numeric(28, 4))', dbt.type_string()) }}
{%- endmacro %}
