{# A product of decimals, to a millionth: DuckDB rounds digits away in less time than it casts them away. #}
{% macro to_millionths(product) -%}
    cast(round({{ product }}, 6) as numeric(28, 6))
{%- endmacro %}
