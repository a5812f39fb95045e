-- depends_on: {{ ref('int_okr__findings') }}
{{ config(enabled=okr_is_on()) }}

{%- do stop_on_problems(
    findings(ref('int_okr__findings')), 'the OKRs. No okr__ table was changed.',
    all_of_them=ref('int_okr__findings').include(database=false) ~ ' holds every finding on the OKRs.',
) %}

select 'passed' as okr_checks
