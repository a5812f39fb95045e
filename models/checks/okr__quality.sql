{#- grain: finding on the OKR inputs; an error stops the build before a mart changes -#}
{{ config(enabled=okr_is_on()) }}

with

findings as (

    {% for subject in [
        'ids', 'structure', 'dates', 'targets', 'numbers', 'kpis', 'names',
        'guardrails', 'kpi_tree'
    ] -%}
    select * from {{ ref('int_okr__findings_on_' ~ subject) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (

    select distinct
        rule_id,
        'error' as severity,
        object,
        message,
        how_to_mend

    from findings

)

select * from final
