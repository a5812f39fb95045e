{# A text column of an input without the spaces around it; the empty text is null. #}
{% macro text(column) -%}
    nullif({{ without_outer_spaces('cast(' ~ column ~ ' as ' ~ dbt.type_string() ~ ')') }}, '')
{%- endmacro %}
