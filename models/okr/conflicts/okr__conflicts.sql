{{ config(enabled=okr_is_on()) }}

with

findings as (

    select * from {{ ref('int_okr__conflicts_on_kpis') }}

    union all

    select * from {{ ref('int_okr__conflicts_on_guardrails') }}

    union all

    select * from {{ ref('int_okr__conflicts_on_kpi_tree') }}

),

pairs as (

    select * from {{ ref('int_okr__pairs') }}

),

-- two guardrails of one pair are one conflict
conflicts as (

    select
        rule_id,
        key_result_id,
        other_key_result_id,
        min(message) as message,
        min(how_to_fix) as how_to_fix

    from findings

    where {{ rule_is_on('rule_id') }}

    group by 1, 2, 3

),

final as (

    select
        conflicts.rule_id,
        conflicts.key_result_id,
        conflicts.other_key_result_id,
        pairs.kpi_id,
        pairs.other_kpi_id,
        pairs.dimension,
        pairs.dimension_value,
        pairs.other_dimension,
        pairs.other_dimension_value,
        pairs.overlap_start,
        pairs.overlap_end,
        pairs.overlap_end >= {{ as_of_date() }} as is_open,
        conflicts.message,
        conflicts.how_to_fix

    from conflicts

    inner join pairs
        on conflicts.key_result_id = pairs.key_result_id
        and conflicts.other_key_result_id = pairs.other_key_result_id

)

select * from final
