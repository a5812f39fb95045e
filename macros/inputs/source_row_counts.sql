{# Rows of the sources of each operational input, counted before anything is done to them. #}
{% macro source_row_counts() -%}
    {%- set parts = [] -%}
    {%- for input, names in input_mapping().items() if not is_okr_input(input) -%}
        {%- for name in names -%}
            {%- do parts.append("select '" ~ input ~ "' as input, count(*) as source_rows from " ~ input_relation(name)) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ parts | join('\n    union all\n    ') }}
{%- endmacro %}
