{# Whether the demo company is the input: this project is the root, and nothing is mapped. #}
{% macro demo_is_on() -%}
    {{ return(project_name == 'okr_metrics' and not var('okr_metrics_inputs', {})) }}
{%- endmacro %}
