{# The sources of an input by name, as kpi__rejected_rows and the dimension source show them: the user's names, else those of the relations. #}
{% macro source_names(input) -%}
    {%- set names = input_mapping().get(input, []) -%}
    {%- set mapped = (var('okr_metrics_inputs', {}) or {}).get(input) -%}
    {%- if mapped is mapping -%}
        {{ return(mapped | map('string') | list) }}
    {%- endif -%}
    {{ return(names) }}
{%- endmacro %}
