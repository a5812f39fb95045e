-- depends_on: {{ ref('int_okr__findings') }}
{{ config(enabled=okr_is_on()) }}

{%- if execute and flags.WHICH in ('build', 'run') -%}
    {%- set problems = [] -%}
    {%- for finding in findings(ref('int_okr__findings')) if finding.severity == 'error' -%}
        {%- do problems.append(finding_text(finding)) -%}
    {%- endfor -%}
    {%- do stop_on_problems(
        problems, 'the OKRs. No okr__ table was changed.', ref('int_okr__findings').include(database=false) ~ ' holds every finding on the OKRs.'
    ) -%}
{%- endif %}

select 'passed' as okr_checks
