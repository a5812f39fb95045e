{{ config(enabled=marts_are_on()) }}

with

needs as (

    {{ needs_rows() }}

),

coverage as (

    select * from {{ ref('int_kpi__input_coverage') }}

),

needed as (

    select
        needs.kpi_id,
        needs.periods_back,
        coverage.input,
        coverage.first_day,
        coverage.ended_day,
        coverage.missing_from_day,
        coverage.max_age_days,
        -- of inputs that ended, the one that ended first
        row_number() over (
            partition by needs.kpi_id
            order by
                case when coverage.ended_day is null then 1 else 0 end,
                coverage.ended_day,
                coverage.input
        ) as end_number

    from needs

    inner join coverage on needs.input = coverage.input

),

final as (

    select
        kpi_id,
        max(case when periods_back is null then first_day end) as first_day,
        min(case when periods_back is null then ended_day end) as ended_day,
        min(case when periods_back is null then missing_from_day end)
            as missing_from_day,
        max(periods_back) as periods_back,
        max(case when periods_back is not null then first_day end)
            as earlier_first_day,
        min(case when periods_back is not null then ended_day end)
            as earlier_ended_day,
        min(case when periods_back is not null then missing_from_day end)
            as earlier_missing_from_day,
        max(case when end_number = 1 and ended_day is not null then input end)
            as ended_input,
        max(case when end_number = 1 then ended_day end) as ended_input_day,
        max(case when end_number = 1 then max_age_days end)
            as ended_input_max_age_days

    from needed

    group by 1

)

select * from final
