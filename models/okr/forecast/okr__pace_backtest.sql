{{ config(enabled=okr_is_on()) }}

with

past_cases as (

    select
        *,
        count(*) over (
            partition by key_result_id, periods_elapsed
        ) as cases,
        sum(squared_error) over (
            partition by key_result_id, periods_elapsed
        ) as sum_of_squares

    from {{ ref('int_okr__past_cases') }}

),

windows as (

    select * from {{ ref('int_okr__windows') }}

),

-- each case against the interval that the other cases give
with_coverage as (

    select
        *,
        case
            when cases >= 6
                then
                    case
                        when
                            abs(error) <= {{ t_of_80_percent('(cases - 1)') }}
                            * sqrt(abs(sum_of_squares - squared_error)
                                / (cases - 1)) then 1e0
                        else 0e0
                    end
        end as is_covered

    from past_cases

),

final as (

    select
        with_coverage.key_result_id,
        windows.kpi_id,
        windows.period_grain,
        windows.dimension,
        windows.dimension_value,
        windows.method,
        cast(with_coverage.periods_in_window as integer) as periods_in_window,
        cast(with_coverage.periods_elapsed as integer) as periods_elapsed,
        min(with_coverage.elapsed_share) as elapsed_share,
        count(*) as cases,
        cast(avg(abs(with_coverage.error)) as numeric(38, 12))
            as mean_absolute_error,
        cast(avg(with_coverage.error) as numeric(38, 12)) as bias,
        cast(sqrt(avg(with_coverage.squared_error)) as numeric(38, 12))
            as root_mean_square_error,
        cast(avg(with_coverage.is_covered) as numeric(38, 12))
            as interval_coverage,
        cast(sum(with_coverage.is_red) as bigint) as reds,
        cast(
            sum(with_coverage.is_red * with_coverage.is_met_at_end) as bigint
        ) as reds_met,
        {{ ratio(
            'sum(with_coverage.is_red * with_coverage.is_met_at_end)',
            'sum(with_coverage.is_red)',
        ) }} as reds_met_share

    from with_coverage

    inner join windows on with_coverage.key_result_id = windows.key_result_id

    group by 1, 2, 3, 4, 5, 6, 7, 8

)

select * from final
