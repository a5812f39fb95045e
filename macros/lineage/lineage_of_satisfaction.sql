{# Measures of tickets and of answers: the latest of each customer, survey type and period. #}
{% macro lineage_of_satisfaction() -%}
    {%- set measures = {} -%}
    {%- if has_input('support_tickets') -%}
        {%- set tickets = {
            'input': 'support_tickets', 'rows': ref('okr_metrics', 'fct_kpi__support_tickets'), 'name': 'tickets',
            'key': 'ticket_id', 'amount': '1', 'by': lineage_attributes('tickets'),
        } -%}
        {%- do measures.update({'tickets_opened': dict(tickets, day='opened_date')}) -%}
    {%- endif -%}
    {%- if has_input('survey_responses') -%}
        {%- for measure, condition in survey_measures().items() -%}
            {%- do measures.update({measure: {
                'input': 'survey_responses', 'before': lineage_answers, 'responses': ref('okr_metrics', 'fct_kpi__survey_responses'), 'rows': 'answers', 'name': 'answers',
                'on': ['answers.period_start = periods.period_start'], 'where': ['answer_number = 1', condition],
                'key': 'response_id', 'day': 'responded_date', 'amount': '1', 'by': lineage_attributes('responses'),
            }}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(measures) }}
{%- endmacro %}

{# The CTE of the answers of a segment, numbered from the latest of each customer, survey type and period. #}
{% macro lineage_answers(spec, segment) -%}
answers as (

    select
        responses.response_id,
        responses.survey_type,
        responses.score,
        responses.responded_date,
        periods.period_start,
        row_number() over (
            partition by
                periods.period_start,
                responses.survey_type,
                responses.customer_id,
                -- every anonymous answer is one
                case when responses.customer_id is null then responses.response_id end
            order by responses.responded_time desc, responses.response_id desc
        ) as answer_number

    from {{ spec.responses }} as responses

    inner join periods
        on responses.responded_date >= periods.period_start
        and responses.responded_date <= periods.period_end
    {{- '\n\n    where ' ~ segment if segment }}

)
{%- endmacro %}
