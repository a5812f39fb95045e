{{ config(enabled=has_input('survey_responses'), materialized='view') }}

with

survey_responses as (

    select * from {{ ref('fct_kpi__survey_responses') }}

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

numbered as (

    select
        period_days.period_grain,
        period_days.period_start,
        survey_responses.*,
        row_number() over (
            partition by
                period_days.period_grain,
                period_days.period_start,
                survey_responses.survey_type,
                survey_responses.customer_id,
                -- every anonymous answer is one
                case
                    when survey_responses.customer_id is null
                        then survey_responses.response_id
                end
            order by
                survey_responses.responded_time desc,
                survey_responses.response_id desc
        ) as answer_number

    from survey_responses

    inner join period_days
        on survey_responses.responded_date = period_days.calendar_date

),

final as (

    select
        'survey_responses' as input,
        response_id as row_key,
        responded_date as row_date,
        period_grain,
        period_start,
        {{ columns_from(attributes_and_source('customers')) }}
        case when survey_type = 'nps' then 1 else 0 end as nps_responses,
        case when survey_type = 'nps' and score >= 9 then 1 else 0 end
            as promoters,
        case when survey_type = 'nps' and score in (7, 8) then 1 else 0 end
            as passives,
        case when survey_type = 'nps' and score <= 6 then 1 else 0 end
            as detractors,
        case when survey_type = 'csat' then 1 else 0 end as csat_responses,
        case when survey_type = 'csat' and score >= 4 then 1 else 0 end
            as satisfied_responses

    from numbered

    where answer_number = 1

)

select * from final
