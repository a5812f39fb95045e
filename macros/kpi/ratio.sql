{# A ratio as numeric(38, 12): null where the denominator is 0 or null, and where it comes to 1e18 or more, which no money has; whole numbers
   don't divide as such on PostgreSQL. #}
{% macro ratio(numerator, denominator) -%}
    {%- set top, bottom = 'cast(' ~ numerator ~ ' as ' ~ type_double() ~ ')', 'cast(' ~ denominator ~ ' as ' ~ type_double() ~ ')' -%}
    cast(
        {{ top }}
        / case when abs({{ top }}) < 1e18 * abs({{ bottom }}) then {{ bottom }} end
        as numeric(38, 12)
    )
{%- endmacro %}
