{# A day of the input calendar: written as one, or as its midnight; no time zone moves it. #}
{% macro calendar_day(column) -%}
    {%- set value = text(column) -%}
    case
        when length({{ value }}) = 10 or substring({{ value }}, 11) in (' 00:00:00', 'T00:00:00', 'T00:00:00Z', ' 00:00:00.000', 'T00:00:00.000Z')
            then {{ try_cast('left(' ~ value ~ ', 10)', 'date') }}
    end
{%- endmacro %}
