{# The reasons for a number that is missing (where it is required) or can't be read, given the raw value; case branches. #}
{% macro when_not_a_number(column, typed, raw, is_required=true) -%}
    {%- if is_required -%}
    when {{ text(raw) }} is null then '{{ column }} is missing'
            {% endif -%}
    when {{ is_unreadable(raw, typed) }} and {{ has_pattern(text(raw), number_pattern()) }}
                then {{ because(column ~ ' is too large a number', raw) }}
            when {{ is_unreadable(raw, typed) }} then {{ because(column ~ ' is not a number', raw) }}
{%- endmacro %}
