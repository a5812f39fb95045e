{#- What Redshift says otherwise. Its queries are compiled and parsed in a test; none is run. -#}

{% macro redshift__differ(left, right) -%}
    coalesce({{ left }} != {{ right }}, {{ left }} is not null or {{ right }} is not null)
{%- endmacro %}

{# An object of Redshift takes no dates. #}
{% macro redshift__row_as_json(relation, columns) -%}
    json_serialize(object(
        {%- for column in columns %}
        '{{ column }}', cast({{ relation }}.{{ column }} as varchar){{ ',' if not loop.last }}
        {%- endfor %}
    ))
{%- endmacro %}

{% macro redshift__json_text(column, keys) -%}
    json_extract_path_text({{ column }}, {{ literals(keys) }}, true)
{%- endmacro %}
