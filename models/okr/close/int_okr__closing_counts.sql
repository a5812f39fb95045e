{{ config(enabled=okr_is_on(), materialized='ephemeral') }}

with

key_results as (

    select * from {{ ref('okr__key_result_attainment') }}

),

numbered as (

    select
        *,
        row_number() over (
            partition by objective_id
            order by
                case when ended_on is null then 1 else 0 end,
                key_result_id
        ) as rank_of_end,
        ', ' || {{ say('objectives', 'key_result_ended', {
            'key_result': 'key_result_id',
            'end_reason': word('end_reason', 'end_reason'),
            'ended_on': day_text('ended_on'),
        }) }} as ending

    from key_results

),

final as (

    select
        objective_id,
        sum(case when is_met_at_close then 1 else 0 end)
            as key_results_met_at_close,
        sum(
            case
                when first_met_date is not null and ended_on is null then 1
                else 0
            end
        ) as key_results_met_at_some_time,
        sum(case when is_restated then 1 else 0 end) as key_results_restated,
        -- the first eight, which is more than an objective should have
        substring(
            coalesce(max(case when rank_of_end = 1 then ending end), '')
            || coalesce(max(case when rank_of_end = 2 then ending end), '')
            || coalesce(max(case when rank_of_end = 3 then ending end), '')
            || coalesce(max(case when rank_of_end = 4 then ending end), '')
            || coalesce(max(case when rank_of_end = 5 then ending end), '')
            || coalesce(max(case when rank_of_end = 6 then ending end), '')
            || coalesce(max(case when rank_of_end = 7 then ending end), '')
            || coalesce(max(case when rank_of_end = 8 then ending end), ''),
            3
        ) as endings

    from numbered

    group by 1

)

select * from final
