{# True where an input has a value that couldn't be read as its type. #}
{% macro is_unreadable(column, typed) -%}
    ({{ text(column) }} is not null and {{ typed }} is null)
{%- endmacro %}
