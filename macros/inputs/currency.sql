{# A currency code in upper case; what isn't three plain letters stays as it is, so that it is rejected by its name (upper() makes S of some other letters). #}
{% macro currency(column) -%}
    case
        when {{ has_pattern(text(column), '^[A-Za-z]{3}$') }} then upper({{ text(column) }})
        else {{ text(column) }}
    end
{%- endmacro %}
