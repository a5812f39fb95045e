{#- grain: finding on the OKRs: those that the build stops for come from int_okr__findings, before any okr__ table -#}
{{ config(enabled=okr_is_on()) }}

with

findings as (

    select * from {{ ref('int_okr__findings') }}

    {% for subject in ['baselines', 'history', 'closed_rows'] -%}
    union all

    select * from {{ ref('int_okr__findings_on_' ~ subject) }}

    {% endfor %}
),

final as (

    select
        rule_id,
        severity,
        object,
        message,
        how_to_mend

    from findings

)

select * from final
