{#- grain: period grain x period x segment with an answer: the latest of each customer, survey type and period -#}
{{ config(enabled=has_input('survey_responses')) }}

with

survey_responses as (

    select * from {{ ref('fct_kpi__survey_responses') }}

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

answers as (

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
        period_grain,
        period_start,
        {{ dimension_columns(customer_dimensions()) }},
        {% for count, condition in survey_measures().items() -%}
        sum(case when {{ condition }} then 1 else 0 end) as {{ count }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from answers

    where answer_number = 1

    group by {{ dimension_sets(
        ['period_grain', 'period_start'], customer_dimensions()
    ) }}

)

select * from final
