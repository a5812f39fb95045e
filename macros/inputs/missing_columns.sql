{# What the mapped relations lack: [{input, name, columns}], one entry per relation that lacks a column; all columns where it doesn't exist. #}
{% macro missing_columns(mapping) -%}
    {%- set findings = [] -%}
    {%- for input, names in mapping.items() -%}
        {%- for name in names -%}
            {%- set present = adapter.get_columns_in_relation(input_relation(name)) | map(attribute='name') | map('lower') | list -%}
            {%- set missing = input_contract()[input] | reject('in', present) | list -%}
            {%- if missing -%}
                {%- do findings.append({'input': input, 'name': name, 'columns': missing}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(findings) }}
{%- endmacro %}

{# The lines of a report on missing columns, with the line to paste for each that may be null. #}
{% macro missing_columns_report(mapping) -%}
    {%- set lines = [] -%}
    {%- for finding in missing_columns(mapping) -%}
        {%- do lines.append('input ' ~ finding.input ~ ", mapped to '" ~ finding.name ~ "', lacks:") -%}
        {%- for column in finding.columns -%}
            {%- do lines.append(
                '    ' ~ ('cast(null as ' ~ dbt.type_string() ~ ') as ' ~ column ~ '  -- may be null: paste this line into its select'
                if input_contract()[finding.input][column] else column ~ '  -- required: select the column that holds it')
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(lines) }}
{%- endmacro %}
