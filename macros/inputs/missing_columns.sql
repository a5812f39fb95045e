{# What the mapped relations lack: [{input, name, columns}], one entry per relation that lacks a column; all columns where it doesn't exist. #}
{% macro missing_columns(mapping) -%}
    {%- set findings = [] -%}
    {%- for input, names in mapping.items() -%}
        {%- for name in names -%}
            {%- set present = columns_of(input_relation(name)) -%}
            {%- set columns = (input_contract()[input] | list) + further_columns(input) -%}
            {%- set missing = columns | reject('in', present) | list -%}
            {%- if missing -%}
                {%- do findings.append({'input': input, 'name': name, 'columns': missing, 'present': present}) -%}
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
        {%- set wanted = wanted_by_dimensions(finding.input) -%}
        {%- for column in finding.columns -%}
            {%- set is_optional = input_contract()[finding.input].get(column) and column not in wanted -%}
            {%- if is_optional and optional -%}
                {%- do columns.append('    ' ~ column) -%}
            {%- elif not is_optional and not optional -%}
                {%- do columns.append('    ' ~ column ~ (
                    '  -- the dimension ' ~ wanted[column] ~ ' of okr_metrics_dimensions; its columns are: ' ~ finding.present | join(', ')
                    if column in wanted else '  -- required: select the column that holds it'
                )) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if columns -%}
            {%- do lines.append('input ' ~ finding.input ~ ", mapped to '" ~ finding.name ~ ("', has no:" if optional else "', lacks:")) -%}
            {%- do lines.extend(columns) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(lines) }}
{%- endmacro %}

{# The columns of an input that okr_metrics_dimensions names, each with its dimension. #}
{% macro wanted_by_dimensions(input) -%}
    {%- set wanted = {} -%}
    {%- for name, place in dimension_places().items() if place.startswith(input ~ '.') and setting('dimensions').get(name) -%}
        {%- do wanted.update({place.split('.')[1]: name}) -%}
    {%- endfor -%}
    {{ return(wanted) }}
{%- endmacro %}
