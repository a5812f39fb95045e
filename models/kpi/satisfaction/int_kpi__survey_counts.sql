{{ config(enabled=has_input('survey_responses')) }}

with

answer_rows as (

    select * from {{ ref('int_kpi__answer_rows') }}

),

final as (

    select
        period_grain,
        period_start,
        {{ dimension_columns(dimensions_of('customers')) }},
        sum(nps_responses) as nps_responses,
        sum(promoters) as promoters,
        sum(passives) as passives,
        sum(detractors) as detractors,
        sum(csat_responses) as csat_responses,
        sum(satisfied_responses) as satisfied_responses

    from answer_rows

    group by {{ dimension_sets(
        ['period_grain', 'period_start'], dimensions_of('customers')
    ) }}

)

select * from final
