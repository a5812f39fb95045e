{{ config(
    enabled=okr_is_on(),
    materialized='table',
    post_hook={'sql': '{{ report_findings() }}', 'transaction': false},
) }}

with

findings as (

    select * from {{ ref('int_okr__findings_on_ids') }}

    union all

    select * from {{ ref('int_okr__findings_on_structure') }}

    union all

    select * from {{ ref('int_okr__findings_on_dates') }}

    union all

    select * from {{ ref('int_okr__findings_on_endings') }}

    union all

    select * from {{ ref('int_okr__findings_on_targets') }}

    union all

    select * from {{ ref('int_okr__findings_on_limits') }}

    union all

    select * from {{ ref('int_okr__findings_on_kpis') }}

    union all

    select * from {{ ref('int_okr__findings_on_guardrails') }}

    union all

    select * from {{ ref('int_okr__findings_on_kpi_tree') }}

    union all

    select * from {{ ref('int_okr__findings_on_check_ins') }}

    union all

    select * from {{ ref('int_okr__findings_on_focus') }}

    union all

    select * from {{ ref('int_okr__findings_on_words') }}

    union all

    select * from {{ ref('int_okr__findings_on_exceptions') }}

    union all

    select * from {{ ref('int_okr__findings_on_events') }}

),

as_set as (

    {{ findings_as_set('findings') }}

),

final as (

    select distinct
        rule_id,
        severity,
        object,
        message,
        how_to_fix

    from as_set

)

select * from final
