{{ config(enabled=okr_is_on()) }}

with

statuses as (

    select * from {{ ref('int_okr__status') }}

    where
        day = due_date
        or status = 'closed'

),

facts as (

    select * from {{ ref('int_okr__key_result_facts') }}

),

outlooks as (

    select * from {{ ref('int_okr__outlooks') }}

),

final as (

    select
        statuses.*,
        facts.objective_id,
        facts.cycle_id,
        facts.kpi_id,
        facts.key_result_name,
        facts.owner,
        facts.dimension,
        facts.dimension_value,
        facts.period_grain,
        facts.indicator_type,
        facts.weight,
        facts.seeded_baseline_value,
        facts.measured_baseline_value,
        facts.commit_value,
        facts.stretch_value,
        facts.target_revision,
        facts.target_valid_from,
        facts.target_reason,
        outlooks.chance_without_change,
        statuses.due_date <= {{ as_of_date() }} as is_over

    from statuses

    inner join facts on statuses.key_result_id = facts.key_result_id

    left join outlooks
        on statuses.key_result_id = outlooks.key_result_id
        and statuses.day = outlooks.day

)

select * from final
