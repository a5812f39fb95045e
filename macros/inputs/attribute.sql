{# An attribute that a dimension is made of: rows without one are in the segment unknown. #}
{% macro attribute(column) -%}
    coalesce({{ text(column) }}, 'unknown')
{%- endmacro %}

{# The attributes of an input's rows, each with a comma behind it. #}
{% macro attributes(input) -%}
    {%- for name, column in attributes_of(input).items() -%}
    {{ attribute(column) }} as {{ name }},{{ '\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
