{{ config(enabled=has_input('survey_responses')) }}

with

survey_responses as (

    select * from {{ ref('stg_kpi__survey_responses') }}

    where row_status = 'accepted'

),

customers as (

    select * from {{ ref('int_kpi__customers') }}

),

final as (

    select
        survey_responses.response_id,
        survey_responses.customer_id,
        {{ customer_attributes() }},
        survey_responses.survey_type,
        survey_responses.score,
        survey_responses.responded_date,
        survey_responses.responded_time

    from survey_responses

    left join customers
        on survey_responses.customer_id = customers.customer_id

)

select * from final
