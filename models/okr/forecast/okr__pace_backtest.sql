{{ config(enabled=okr_is_on()) }}

with

past_cases as (

    select * from {{ ref('int_okr__past_cases') }}

),

windows as (

    select * from {{ ref('int_okr__windows') }}

),

final as (

    select
        past_cases.key_result_id,
        windows.kpi_id,
        windows.period_grain,
        windows.dimension,
        windows.dimension_value,
        windows.method,
        cast(past_cases.periods_in_window as integer) as periods_in_window,
        cast(past_cases.periods_elapsed as integer) as periods_elapsed,
        min(past_cases.elapsed_share) as elapsed_share,
        count(*) as cases,
        cast(avg(abs(past_cases.error)) as numeric(38, 12))
            as mean_absolute_error,
        cast(avg(past_cases.error) as numeric(38, 12)) as bias,
        -- a square may be larger than a numeric, and the last digits of a float change from build to build
        cast(
            cast(sqrt(avg(past_cases.squared_error)) as numeric(38, 6))
            as numeric(38, 12)
        ) as root_mean_square_error,
        count(past_cases.is_covered) as interval_cases,
        cast(avg(past_cases.is_covered) as numeric(38, 12))
            as interval_coverage,
        cast(sum(past_cases.is_red) as bigint) as reds,
        cast(
            sum(past_cases.is_red * past_cases.is_met_at_end) as bigint
        ) as reds_met,
        {{ ratio(
            'sum(past_cases.is_red * past_cases.is_met_at_end)',
            'sum(past_cases.is_red)',
        ) }} as reds_met_share

    from past_cases

    inner join windows on past_cases.key_result_id = windows.key_result_id

    group by 1, 2, 3, 4, 5, 6, 7, 8

)

select * from final
