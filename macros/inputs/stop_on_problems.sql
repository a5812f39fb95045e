{# Stops with up to twenty problems, if there are any, and where all are: the errors among findings, and those that are said already. A build that doesn't
   read all rows goes on. #}
{% macro stop_on_problems(found, place, problems=[], all_of_them=none) -%}
    {%- set problems = problems | list -%}
    {%- for finding in found if finding.severity == 'error' -%}
        {%- do problems.append(finding_text(finding)) -%}
    {%- endfor -%}
    {%- if problems and shows_all_rows() -%}
        {{ exceptions.raise_compiler_error(
            'okr_metrics: ' ~ problems | length ~ ' problem(s) in ' ~ place ~ '\n  - '
            ~ problems[:20] | join('\n  - ') ~ ('\n  ... and more' if problems | length > 20 else '')
            ~ ('\n  ' ~ all_of_them if all_of_them) ~ '\n  ' ~ after_mending()
        ) }}
    {%- elif problems -%}
        {%- do log('okr_metrics: ' ~ problems | length ~ ' problem(s) that would stop a build of all rows stop none with --sample.', info=true) -%}
    {%- endif -%}
{%- endmacro %}

{# What to run when what a check found is mended. #}
{% macro after_mending() -%}
    {{ return('Once that is mended, run `dbt build`: `dbt retry` starts at this check, and builds nothing again that comes before it.') }}
{%- endmacro %}

{# Prints the warnings among findings on the inputs. #}
{% macro say_findings(found) -%}
    {%- set warnings = [] -%}
    {%- for finding in found if finding.severity == 'warning' -%}
        {%- do warnings.append(finding_text(finding)) -%}
    {%- endfor -%}
    {%- if warnings -%}
        {%- do exceptions.warn('okr_metrics: ' ~ warnings | length ~ " finding(s) on the inputs, all in kpi__input_findings.\n  - "
            ~ warnings[:20] | join('\n  - ') ~ ('\n  ... and more' if warnings | length > 20 else '')) -%}
    {%- endif -%}
{%- endmacro %}
