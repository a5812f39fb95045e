{# A number as text for a reader, to four decimals; by way of eight, so that a half that a float has blurred is rounded alike on all engines. #}
{% macro number_text(value) -%}
    {{ dbt.safe_cast('cast(cast(' ~ value ~ ' as numeric(38, 8)) as numeric(28, 4))', dbt.type_string()) }}
{%- endmacro %}
