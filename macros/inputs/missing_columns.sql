{# What the mapped relations lack: [{input, name, columns, present, unseen, is_ephemeral}], one entry per relation that lacks a column; where nobody can look at
   its columns, unseen says why and what to do, instead of the columns. #}
{% macro missing_columns(mapping) -%}
    {%- set findings = [] -%}
    {%- for input, names in mapping.items() -%}
        {%- for name in names -%}
            {%- set is_ephemeral = ephemeral_model(name) is mapping -%}
            {%- set unseen = '' -%}
            {%- if is_ephemeral -%}
                {%- set unseen = name ~ ' is ephemeral, so nothing can look into it before a build. It must have these columns, and where it has a star or a macro the optional ones too, as null: '
                    ~ input_contract()[input] | join(', ') ~ ". To have them checked, materialise it: {{ config(materialized='view') }}" -%}
            {%- elif not is_in_warehouse(input_relation(name)) -%}
                {%- set unseen = name ~ " isn't in the warehouse: " ~ input_relation(name) ~ ' is not there. Load it, or mend the database, schema or identifier of that source'
                    if '.' in name else name ~ " isn't built yet: dbt build --select " ~ name -%}
            {%- endif -%}
            {%- set present = [] if unseen else columns_of(input_relation(name)) -%}
            {%- set missing = [] if unseen else columns_of_input(input) | reject('in', present) | list -%}
            {%- if missing or unseen -%}
                {%- do findings.append({'input': input, 'name': name, 'columns': missing, 'present': present, 'unseen': unseen, 'is_ephemeral': is_ephemeral}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(findings) }}
{%- endmacro %}

{# The lines of a report on those findings: on the relations that are unseen, on the columns that are missing and required, with what to do about each, or on
   those that are optional and read as null. #}
{% macro missing_columns_report(findings, part) -%}
    {%- set lines = [] -%}
    {%- for finding in findings -%}
        {%- set place = 'input ' ~ finding.input ~ ', mapped to ' ~ "'" ~ finding.name ~ "'" -%}
        {%- do lines.append(place ~ ': ' ~ finding.unseen) if finding.unseen and part == 'unseen' -%}
        {#- the columns that okr_metrics_dimensions names, each with its dimension -#}
        {%- set wanted = {} -%}
        {%- for name, of_input in dimension_places().items() if of_input.startswith(finding.input ~ '.') and setting('dimensions').get(name) -%}
            {%- do wanted.update({of_input.split('.')[1]: name}) -%}
        {%- endfor -%}
        {%- set columns = [] -%}
        {%- for column in finding.columns -%}
            {%- set quoted = [] -%}
            {%- for name in finding.present if name | lower == '"' ~ column ~ '"' -%}
                {%- do quoted.append('it is stored as ' ~ name ~ ', which this warehouse finds in quotes alone: select ' ~ name ~ ' as ' ~ column) -%}
            {%- endfor -%}
            {%- set is_optional = input_contract()[finding.input].get(column) and column not in wanted and not quoted -%}
            {%- if is_optional and part == 'optional' -%}
                {%- do columns.append('    ' ~ column) -%}
            {%- elif not is_optional and part == 'required' -%}
                {%- set why = quoted[0] if quoted
                    else 'the dimension ' ~ wanted[column] ~ ' of okr_metrics_dimensions; its columns are: ' ~ finding.present | join(', ') if column in wanted
                    else 'required: select the column that holds it' -%}
                {%- do columns.append('    ' ~ column ~ '  -- ' ~ why) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- if columns -%}
            {%- do lines.append(place ~ (', has no:' if part == 'optional' else ', lacks:')) -%}
            {%- do lines.extend(columns) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(lines) }}
{%- endmacro %}

{# Stops the build with one message naming every mapped relation that isn't there, and every missing column of the others. #}
{% macro stop_on_missing_columns(mapping) -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set findings = missing_columns(mapping) -%}
        {#- a build reads the columns of ephemeral models all the same -#}
        {%- set lines = missing_columns_report(findings | rejectattr('is_ephemeral') | list, 'unseen') + missing_columns_report(findings, 'required') -%}
        {%- if lines -%}
            {{ exceptions.raise_compiler_error(
                "okr_metrics_inputs: mapped relations aren't there, or lack columns of the contract. No table that reads them was changed.\n  "
                ~ lines | join('\n  ') ~ '\n  ' ~ after_mending() ~ '\n  `dbt run-operation okr_metrics_doctor` prints this report at any time.'
            ) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
