{# The reasons for a row whose day can't be read, or is before the calendar begins; case branches. #}
{% macro when_without_day(column, day) -%}
    when {{ day }} is null then '{{ column }} is missing or not a date'
            when {{ day }} < cast('1970-01-01' as date) then '{{ column }} is before 1970'
{%- endmacro %}
