{#- grain: finding on the OKR inputs that needs no value of a KPI; an error stops before an okr__ table changes -#}
{{ config(
    enabled=okr_is_on(),
    materialized='table',
    post_hook={'sql': '{{ report_findings() }}', 'transaction': false},
) }}

with

findings as (

    {% for subject in [
        'ids', 'structure', 'dates', 'targets', 'numbers', 'kpis', 'limits',
        'names', 'guardrails', 'kpi_tree', 'check_ins', 'phased_targets',
        'endings'
    ] + (['calendar'] if has_input('calendar') else []) -%}
    select
        rule_id,
        'error' as severity,
        object,
        message,
        how_to_mend

    from {{ ref('int_okr__findings_on_' ~ subject) }}

    union all

    {% endfor -%}
    {% for subject in ['words', 'focus', 'check_in_days', 'sums'] -%}
    select
        rule_id,
        severity,
        object,
        message,
        how_to_mend

    from {{ ref('int_okr__findings_on_' ~ subject) }}

    {{ 'union all' if not loop.last }}

    {% endfor %}
),

final as (

    select distinct
        rule_id,
        severity,
        object,
        message,
        how_to_mend

    from findings

)

select * from final
