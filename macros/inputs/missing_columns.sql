{# What the mapped relations lack: [{input, name, columns, present}], one entry per relation that lacks a column; with unseen, why, instead of the columns where nobody can look at them. #}
{% macro missing_columns(mapping) -%}
    {%- set findings = [] -%}
    {%- for input, names in mapping.items() -%}
        {%- for name in names -%}
            {%- set unseen = unseen_because(input, name) -%}
            {%- set present = [] if unseen else columns_of(input_relation(name)) -%}
            {%- set columns = [] if unseen else columns_of_input(input) -%}
            {%- set missing = columns | reject('in', present) | list -%}
            {%- if missing or unseen -%}
                {%- do findings.append({'input': input, 'name': name, 'columns': missing, 'present': present, 'unseen': unseen}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(findings) }}
{%- endmacro %}

{# The lines of a report on the columns that are missing and required, or on those that are optional and read as null. #}
{% macro missing_columns_report(findings, optional=false) -%}
    {%- set lines = [] -%}
    {%- for finding in findings -%}
        {%- set columns = [] -%}
        {%- set wanted = wanted_by_dimensions(finding.input) -%}
        {%- for column in finding.columns -%}
            {%- set quoted = finding.present | map('lower') | select('equalto', '"' ~ column ~ '"') | list -%}
            {%- set is_optional = input_contract()[finding.input].get(column) and column not in wanted and not quoted -%}
            {%- if is_optional and optional -%}
                {%- do columns.append('    ' ~ column) -%}
            {%- elif not is_optional and not optional -%}
                {%- do columns.append('    ' ~ column ~ '  -- ' ~ why_missing(column, finding, wanted)) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if columns -%}
            {%- do lines.append('input ' ~ finding.input ~ ", mapped to '" ~ finding.name ~ ("', has no:" if optional else "', lacks:")) -%}
            {%- do lines.extend(columns) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(lines) }}
{%- endmacro %}

{# What to do about a column that is missing. #}
{% macro why_missing(column, finding, wanted) -%}
    {%- for name in finding.present if name | lower == '"' ~ column ~ '"' -%}
        {{ return('it is stored as ' ~ name ~ ', which this warehouse finds in quotes alone: select ' ~ name ~ ' as ' ~ column) }}
    {%- endfor -%}
    {{ return(
        'the dimension ' ~ wanted[column] ~ ' of okr_metrics_dimensions; its columns are: ' ~ finding.present | join(', ')
        if column in wanted else 'required: select the column that holds it'
    ) }}
{%- endmacro %}

{# The lines of a report on the relations whose columns nobody can look at; a build reads those of ephemeral models all the same. #}
{% macro unseen_report(findings, ephemeral=true) -%}
    {%- set lines = [] -%}
    {%- for finding in findings if finding.unseen and (ephemeral or not is_ephemeral(finding.name)) -%}
        {%- do lines.append('input ' ~ finding.input ~ ', mapped to ' ~ "'" ~ finding.name ~ "': " ~ finding.unseen) -%}
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
