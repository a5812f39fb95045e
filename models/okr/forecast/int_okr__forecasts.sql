{{ config(enabled=okr_is_on()) }}

with

windows as (

    select * from {{ ref('int_okr__windows') }}

    where
        day < due_date
        and ended_on is null

),

statuses as (

    select * from {{ ref('int_okr__status') }}

    where is_latest

),

last_points as (

    select
        *,
        row_number() over (
            partition by key_result_id
            order by period_number desc
        ) as points_back

    from {{ ref('int_okr__series') }}

),

kpis as (

    select * from {{ ref('kpi__catalog') }}

),

backtest as (

    select * from {{ ref('okr__pace_backtest') }}

),

joined as (

    select
        windows.*,
        kpis.lowest_possible,
        kpis.highest_possible,
        statuses.elapsed_share,
        cast(statuses.actual_value as {{ type_double() }}) as actual_value,
        (
            statuses.periods_measured > coalesce(statuses.periods_met, 0)
            and windows.metric_type in ('at_least', 'at_most', 'range')
        )
        or (
            statuses.actual_value > windows.target_value
            and windows.metric_type = 'cumulative_at_most'
        ) as is_lost,
        windows.metric_type = 'cumulative'
        and statuses.first_met_date is not null as is_won,
        last_points.mean_level,
        last_points.mean_number,
        last_points.trend_slope,
        last_points.period_number,
        cast({{ dbt.dateadd('day', 1, 'last_points.period_end') }} as date)
            as first_day_ahead

    from windows

    inner join statuses on windows.key_result_id = statuses.key_result_id

    left join kpis on windows.kpi_id = kpis.kpi_id

    left join last_points
        on windows.key_result_id = last_points.key_result_id
        and last_points.points_back = 1

),

with_horizon as (

    select
        joined.*,
        {{ periods_ending('first_day_ahead', 'due_date') }} as periods_ahead

    from joined
    {{ join_calendar_of('joined.first_day_ahead', 'joined.due_date') }}

),

with_forecast as (

    select
        *,
        case
            when metric_type in ('cumulative', 'cumulative_at_most')
                then actual_value / elapsed_share
            when metric_type = 'average' then actual_value
            else
                mean_level
                + trend_slope * (period_number + periods_ahead - mean_number)
        end as forecast_value,
        case
            when method = 'run_rate' then periods_elapsed
            else periods_in_window - periods_ahead
        end as periods_known

    from with_horizon

),

final as (

    select
        with_forecast.*,
        coalesce(backtest.cases, 0) as cases,
        case when backtest.cases >= 6 then backtest.cases end as degrees,
        case
            when
                with_forecast.method = 'trend'
                and with_forecast.periods_ahead = 0
                then 0
            when backtest.cases >= 6
                then cast(backtest.root_mean_square_error as {{ type_double() }})
        end as spread

    from with_forecast

    left join backtest
        on with_forecast.key_result_id = backtest.key_result_id
        and with_forecast.periods_known = backtest.periods_elapsed

)

select * from final
