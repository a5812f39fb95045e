{#- grain: end of an objective or key result that can't be meant -#}
{{ config(enabled=okr_is_on()) }}
{%- set reasons = ['cancelled', 'postponed', 'replaced', 'merged'] -%}

with

cycles as (

    select * from {{ ref('stg_okr__cycles') }}

),

objectives as (

    select * from {{ ref('stg_okr__objectives') }}

),

key_results as (

    select * from {{ ref('stg_okr__key_results') }}

),

endings as (

    select
        'objective ' || objectives.objective_id as object,
        objectives.ended_on_text,
        objectives.ended_on,
        objectives.end_reason,
        cycles.start_date as first_day,
        cycles.end_date as last_day

    from objectives

    left join cycles on objectives.cycle_id = cycles.cycle_id

    union all

    select
        'key result ' || key_results.key_result_id as object,
        key_results.ended_on_text,
        key_results.ended_on,
        key_results.end_reason,
        coalesce(key_results.start_date, cycles.start_date) as first_day,
        coalesce(key_results.due_date, cycles.end_date) as last_day

    from key_results

    left join objectives on key_results.objective_id = objectives.objective_id

    left join cycles on objectives.cycle_id = cycles.cycle_id

),

final as (

    select
        'ended_on' as rule_id,
        object,
        case
            when ended_on_text is null
                then 'it has an end_reason and no ended_on'
            when ended_on is null
                then 'its ended_on "' || ended_on_text || '" is not a date'
            else
                'its ended_on ' || {{ day_text('ended_on') }}
                || ' is outside its dates, ' || {{ day_text('first_day') }}
                || ' to ' || {{ day_text('last_day') }}
        end as message,
        'Write the first day on which it no longer counts, as 2026-08-10; leave both empty where it goes on.'
            as how_to_mend

    from endings

    where
        (ended_on_text is null and end_reason is not null)
        or (ended_on_text is not null and ended_on is null)
        or ended_on < first_day
        or ended_on > last_day

    union all

    select
        'end_reason' as rule_id,
        object,
        case
            when end_reason is null then 'it has an ended_on and no end_reason'
            else 'its end_reason "' || end_reason || '" is not known'
        end as message,
        'Write one of: {{ reasons | join(", ") }}.' as how_to_mend

    from endings

    where
        (ended_on_text is not null and end_reason is null)
        or end_reason not in ('{{ reasons | join("', '") }}') -- noqa: LT05

)

select * from final
