{{ config(enabled=okr_is_on()) }}

with

versions as (

    select *

    from {{ history_of('int_okr__objective_facts', 'snap_okr__closed_objectives') }}

),

facts_now as (

    select * from {{ ref('int_okr__objective_facts') }}

),

-- what a frozen key result belongs to stays, too
frozen_key_results as (

    select distinct objective_id from {{ ref('int_okr__frozen_key_results') }}

),

ranked as (

    select
        versions.*,
        facts_now.objective_id is null as is_deleted,
        row_number() over (
            partition by versions.objective_id
            order by
                case when versions.is_over then 0 else 1 end,
                case when versions.is_over then versions.dbt_valid_from end,
                versions.dbt_valid_from desc
        ) as rank_of_facts

    from versions

    left join facts_now on versions.objective_id = facts_now.objective_id

    left join frozen_key_results
        on versions.objective_id = frozen_key_results.objective_id

    where
        (versions.is_over and versions.cycle_end_date <= {{ as_of_date() }})
        or (
            facts_now.objective_id is null
            and frozen_key_results.objective_id is not null
        )

),

final as (

    select * from ranked

    where rank_of_facts = 1

)

select * from final
