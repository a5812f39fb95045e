{#- grain: one row, and only where every check on the inputs has passed: no mart is built without it -#}
-- depends_on: {{ ref('kpi__reconciliation') }}
-- depends_on: {{ ref('kpi__rejected_rows') }}
-- depends_on: {{ ref('kpi__input_findings') }}
{{ config(enabled=marts_are_on(), access='protected', contract={'enforced': false}) }}
{% if okr_is_on() -%}
-- depends_on: {{ ref('int_okr__findings') }}
{% endif -%}
{%- do stop_on_failed_checks() -%}

select 'passed' as input_checks
