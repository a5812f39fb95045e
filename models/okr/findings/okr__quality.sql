{{ config(enabled=okr_is_on()) }}

with

findings_of_values as (

    select * from {{ ref('int_okr__findings_on_baselines') }}

    union all

    select * from {{ ref('int_okr__findings_on_history') }}

    union all

    select * from {{ ref('int_okr__findings_on_closed_rows') }}

    union all

    select * from {{ ref('int_okr__findings_on_changes') }}

),

as_set as (

    {{ findings_as_set('findings_of_values') }}

),

findings as (

    -- those that the build stops for, found before any okr__ table
    select * from {{ ref('int_okr__findings') }}

    union all

    select * from as_set

),

final as (

    select
        rule_id,
        severity,
        object,
        message,
        how_to_fix

    from findings

)

select * from final
