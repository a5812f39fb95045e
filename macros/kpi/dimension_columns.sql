{# The columns dimension and dimension_value of a row that dimension_sets grouped. #}
{% macro dimension_columns(dimensions) -%}
    case
        {%- if not dimensions %}
        when 1 = 0 then null
        {%- endif %}
        {%- for column in dimensions %}
        when grouping({{ column }}) = 0 then '{{ dimension_name(column) }}'
        {%- endfor %}
        else 'total'
    end as dimension,
    case
        {%- if not dimensions %}
        when 1 = 0 then null
        {%- endif %}
        {%- for column in dimensions %}
        when grouping({{ column }}) = 0 then {{ column }}
        {%- endfor %}
        else 'total'
    end as dimension_value
{%- endmacro %}
