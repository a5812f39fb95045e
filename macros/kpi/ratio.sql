{# A ratio as numeric(38, 12): null where the denominator is 0 or null; whole numbers don't divide as such on PostgreSQL. #}
{% macro ratio(numerator, denominator) -%}
    cast(
        cast({{ numerator }} as {{ type_double() }})
        / nullif(cast({{ denominator }} as {{ type_double() }}), 0)
        as numeric(38, 12)
    )
{%- endmacro %}
