{# What is counted of the answers: {measure: the answers that count}. #}
{% macro survey_measures() -%}
    {{ return({
        'nps_responses': "survey_type = 'nps'",
        'promoters': "survey_type = 'nps' and score >= 9",
        'passives': "survey_type = 'nps' and score in (7, 8)",
        'detractors': "survey_type = 'nps' and score <= 6",
        'csat_responses': "survey_type = 'csat'",
        'satisfied_responses': "survey_type = 'csat' and score >= 4",
    }) }}
{%- endmacro %}
