{{ config(enabled=okr_is_on()) }}

with

windows as (

    select * from {{ ref('int_okr__windows') }}

),

spreads as (

    select * from {{ ref('int_okr__spreads') }}

    where error is not null

),

series as (

    select * from {{ ref('int_okr__series') }}

),

-- a past window ends with the periods ahead, and begins so many before
cases as (

    select
        windows.key_result_id,
        windows.metric_type,
        windows.method,
        windows.periods_in_window,
        windows.periods_in_window - spreads.horizon as periods_elapsed,
        windows.baseline_value,
        windows.target_value,
        windows.aims_up,
        windows.sum_before_start,
        spreads.horizon,
        spreads.period_number,
        spreads.rate_ahead,
        spreads.lowest,
        spreads.highest,
        spreads.from_lowest,
        spreads.from_highest,
        spreads.guess,
        spreads.is_covered

    from windows

    inner join spreads
        on windows.key_result_id = spreads.key_result_id
        and windows.periods_in_window >= spreads.horizon

),

with_rates as (

    select
        *,
        {{ off_scale('guess') }} as rate_guessed

    from cases

),

with_parts as (

    select
        with_rates.*,
        origins.value as level_reached,
        before_window.value as level_before,
        ends.denominator_to_date - origins.denominator_to_date as denominator_ahead,
        -- what was known of the window, where it had no gap
        case
            when origins.known_to_date - coalesce(before_window.known_to_date, 0) = with_rates.periods_elapsed
                then origins.numerator_to_date - coalesce(before_window.numerator_to_date, 0)
        end as numerator_so_far,
        case
            when origins.known_to_date - coalesce(before_window.known_to_date, 0) = with_rates.periods_elapsed
                then origins.denominator_to_date - coalesce(before_window.denominator_to_date, 0)
        end as denominator_so_far,
        -- and as many periods before
        case
            when before_window.known_to_date - coalesce(before_both.known_to_date, 0) = with_rates.periods_in_window
                then before_window.numerator_to_date - coalesce(before_both.numerator_to_date, 0)
        end as numerator_before,
        case
            when before_window.known_to_date - coalesce(before_both.known_to_date, 0) = with_rates.periods_in_window
                then before_window.denominator_to_date - coalesce(before_both.denominator_to_date, 0)
        end as denominator_before

    from with_rates

    inner join series as origins -- noqa: AL07
        on with_rates.key_result_id = origins.key_result_id
        and with_rates.period_number = origins.period_number

    inner join series as ends -- noqa: AL07
        on with_rates.key_result_id = ends.key_result_id
        and with_rates.period_number + with_rates.horizon = ends.period_number

    left join series as before_window -- noqa: AL07
        on with_rates.key_result_id = before_window.key_result_id
        and with_rates.period_number - with_rates.periods_elapsed = before_window.period_number

    left join series as before_both -- noqa: AL07
        on with_rates.key_result_id = before_both.key_result_id
        and with_rates.period_number - with_rates.periods_elapsed
        - with_rates.periods_in_window = before_both.period_number

),

with_values as (

    select
        *,
        (rate_guessed - rate_ahead) * case method
            when 'sum' then denominator_ahead
            when 'average' then coalesce(
                denominator_ahead / nullif(denominator_so_far + denominator_ahead, 0),
                1e0 * horizon / periods_in_window
            )
            else 1
        end as error,
        case method
            when 'sum' then numerator_so_far
            when 'average' then numerator_so_far / nullif(denominator_so_far, 0)
            else level_reached
        end as reached_value,
        case method
            when 'sum' then numerator_so_far + rate_ahead * denominator_ahead
            when 'average' then
                (numerator_so_far + rate_ahead * denominator_ahead)
                / nullif(denominator_so_far + denominator_ahead, 0)
            else rate_ahead
        end as outcome_value,
        case method
            when 'sum' then 0
            when 'average' then numerator_before / nullif(denominator_before, 0)
            else level_before
        end as case_baseline,
        -- as far from what was before it as the key result's own target is
        case method
            when 'sum' then numerator_before * (target_value / nullif(sum_before_start, 0))
            when 'average' then numerator_before / nullif(denominator_before, 0) + (target_value - baseline_value)
            else level_before + (target_value - baseline_value)
        end as case_target

    from with_parts

),

with_pace as (

    select
        *,
        {{ ratio('periods_elapsed', 'periods_in_window') }} as elapsed_share,
        {{ ratio('reached_value - case_baseline', 'case_target - case_baseline') }} as progress,
        case
            when aims_up then outcome_value >= case_target
            else outcome_value <= case_target
        end as is_met_at_end

    from with_values

),

final as (

    select
        key_result_id,
        periods_elapsed,
        periods_in_window,
        elapsed_share,
        -- exact, so that a mean is the same in whatever order it is summed
        cast(error as numeric(38, 12)) as error,
        error * error as squared_error,
        is_covered,
        -- at the beginning nothing can have been made of the way yet
        case
            when
                periods_elapsed > 0
                and case
                    when metric_type = 'cumulative_at_most'
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
