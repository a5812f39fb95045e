{# A text column of an input, trimmed; the empty text is null. #}
{% macro text(column) -%}
    nullif(trim(cast({{ column }} as {{ dbt.type_string() }})), '')
{%- endmacro %}
