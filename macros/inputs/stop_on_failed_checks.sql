{# Stops the build with one message that lists what is wrong with the operational inputs, before any mart is touched. #}
{% macro stop_on_failed_checks() -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set problems = [] -%}
        {%- set shares = run_query(
            'select input, rows_rejected, rows_read, rejected_amount from ' ~ ref('kpi__reconciliation')
            ~ ' where rows_rejected > ' ~ setting('max_reject_share') ~ ' * rows_read order by input'
        ) -%}
        {%- for input, rejected, read, money in shares.rows -%}
            {%- set reasons = run_query(
                'select ' ~ reason_kind('reject_reason') ~ ', count(*) from ' ~ ref('kpi__rejected_rows')
                ~ " where input = '" ~ input ~ "' group by 1 order by 2 desc, 1"
            ).rows -%}
            {%- do problems.append(
                'Input ' ~ input ~ ': ' ~ rejected ~ ' of ' ~ read ~ ' rows rejected (' ~ (rejected / read * 100) | round(1)
                ~ '%' ~ ('; their money: ' ~ money | round(2) ~ ' ' ~ setting('reporting_currency') if money) ~ '), more than okr_metrics_max_reject_share (' ~ setting('max_reject_share') * 100 ~ '%): '
                ~ reasons | map('join', ', rows: ') | join('; ') ~ '. The rows are in kpi__rejected_rows.'
                ~ ' Mend them at the source, or raise okr_metrics_max_reject_share if they may be left out.'
            ) -%}
        {%- endfor -%}
        {%- set found = findings(ref('kpi__input_findings')) -%}
        {%- for finding in found if finding.severity == 'error' -%}
            {%- do problems.append(finding_text(finding)) -%}
        {%- endfor -%}
        {%- do say_findings(found) -%}
        {%- do stop_on_problems(problems, 'the inputs. No mart was changed.') -%}
    {%- endif -%}
{%- endmacro %}

{# Stops the build with one message that lists the errors in the OKRs, before any okr__ table is touched. #}
{% macro stop_on_okr_errors() -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set problems = [] -%}
        {%- for finding in findings(ref('int_okr__findings')) if finding.severity == 'error' -%}
            {%- do problems.append(finding_text(finding)) -%}
        {%- endfor -%}
        {%- do stop_on_problems(
            problems, 'the OKRs. No okr__ table was changed.', ref('int_okr__findings').include(database=false) ~ ' holds every finding on the OKRs.'
        ) -%}
    {%- endif -%}
{%- endmacro %}

{# Stops with up to twenty problems, if there are any, and where all are; a build that doesn't read all rows goes on. #}
{% macro stop_on_problems(problems, place, all_of_them=none) -%}
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
    {%- if warnings and flags.WHICH in ('build', 'run') -%}
        {%- do exceptions.warn('okr_metrics: ' ~ warnings | length ~ " finding(s) on the inputs, all in kpi__input_findings.\n  - "
            ~ warnings[:20] | join('\n  - ') ~ ('\n  ... and more' if warnings | length > 20 else '')) -%}
    {%- endif -%}
{%- endmacro %}
