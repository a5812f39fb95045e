{# The relation that a mapped name stands for: a source for "source.table", else a model or seed. #}
{% macro input_relation(name) -%}
    {%- if '.' in name -%}
        {{ return(source(*name.split('.'))) }}
    {%- endif -%}
    {{ return(ref(project_name, name)) }}
{%- endmacro %}
