{# A text column of an input without the spaces around it; the empty text is null. #}
{% macro text(column) -%}
    nullif({{ text_of(column) }}, '')
{%- endmacro %}

{# A value as text without the spaces around it. #}
{% macro text_of(value) -%}
    {{ without_outer_spaces('cast(' ~ value ~ ' as ' ~ dbt.type_string() ~ ')') }}
{%- endmacro %}
