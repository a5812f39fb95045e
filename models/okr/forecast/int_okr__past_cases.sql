{{ config(enabled=okr_is_on()) }}

with

past_cases as (

    select * from {{ ref('int_okr__past_run_rates') }}

    union all

    select * from {{ ref('int_okr__past_trends') }}

),

with_pace as (

    select
        *,
        forecast_value - outcome_value as error,
        {{ ratio('periods_elapsed', 'periods_in_window') }} as elapsed_share,
        {{ ratio(
            'reached_value - case_baseline', 'case_target - case_baseline'
        ) }} as progress,
        case
            when way_to_go > 0 and not is_ceiling then outcome_value >= case_target
            else outcome_value <= case_target
        end as is_met_at_end

    from past_cases

    where forecast_value is not null

),

final as (

    select
        key_result_id,
        periods_elapsed,
        periods_in_window,
        elapsed_share,
        error,
        error * error as squared_error,
        -- at the beginning nothing can have been made of the way yet
        case
            when
                periods_elapsed > 0
                and case
                    when is_ceiling
                        then {{ ratio('elapsed_share - progress', 'elapsed_share') }}
                    else progress - elapsed_share
                end < {{ setting('at_risk_gap') }}
                then 1
            else 0
        end as is_red,
        case when is_met_at_end then 1 else 0 end as is_met_at_end

    from with_pace

)

select * from final
