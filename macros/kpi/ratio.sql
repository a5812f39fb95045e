{# A ratio as numeric(38, 12): null where the denominator is 0 or null; whole numbers don't divide as such on PostgreSQL. #}
{% macro ratio(numerator, denominator) -%}
    cast(
        cast({{ numerator }} as {{ dbt.type_float() }})
        / nullif(cast({{ denominator }} as {{ dbt.type_float() }}), 0)
        as numeric(38, 12)
    )
{%- endmacro %}
