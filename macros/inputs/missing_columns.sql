{# What the mapped relations lack: [{input, name, columns}], one entry per relation that lacks a column; all columns where it doesn't exist. #}
{% macro missing_columns(mapping) -%}
    {%- set findings = [] -%}
    {%- for input, names in mapping.items() -%}
        {%- for name in names -%}
            {%- set present = columns_of(input_relation(name)) -%}
            {%- set missing = input_contract()[input] | reject('in', present) | list -%}
            {%- if missing -%}
                {%- do findings.append({'input': input, 'name': name, 'columns': missing}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(findings) }}
{%- endmacro %}

{# The lines of a report on the columns that are missing and required, or on those that are optional and read as null. #}
{% macro missing_columns_report(mapping, optional=false) -%}
    {%- set lines = [] -%}
    {%- for finding in missing_columns(mapping) -%}
        {%- set columns = [] -%}
        {%- for column in finding.columns if input_contract()[finding.input][column] == optional -%}
            {%- do columns.append('    ' ~ column ~ ('' if optional else '  -- required: select the column that holds it')) -%}
        {%- endfor -%}
        {%- if columns -%}
            {%- do lines.append('input ' ~ finding.input ~ ", mapped to '" ~ finding.name ~ ("', has no:" if optional else "', lacks:")) -%}
            {%- do lines.extend(columns) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(lines) }}
{%- endmacro %}
