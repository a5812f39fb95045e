{# A segment in words, with a space before it: " (country FR)"; nothing for the whole. #}
{% macro segment_text(dimension, dimension_value) -%}
    case
            when {{ dimension }} = 'total' then ''
            else ' (' || {{ dimension }} || ' ' || {{ dimension_value }} || ')'
        end
{%- endmacro %}
