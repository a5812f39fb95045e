{# The worst status of an objective in words, with the guardrails that are breached beside it. #}
{% macro objective_reason() -%}
    {%- set breaches = dbt.safe_cast('breaches.guardrails_breached', dbt.type_string()) -%}
    case
            when objectives.ended_on is not null
                then 'Ended early on ' || {{ day_text('objectives.ended_on') }} || ' (' || objectives.end_reason || ')'
            when own_scores.key_results_total > 0 and own_scores.key_results_ended = own_scores.key_results_total
                then 'All of its key results were ended early'
            when own_scores.key_results_total = 0 then 'It has no key result'
            when own_scores.worst_status = 'achieved' then 'All of its key results are achieved'
            else 'The worst of its key results is ' || {{ status_text('own_scores.worst_status') }}
        end || case
            when breaches.guardrails_breached = 1 then '; a guardrail is breached: ' || breaches.first_guardrail || '.'
            when breaches.guardrails_breached > 1 then '; ' || {{ breaches }} || ' guardrails are breached, '
                || breaches.first_guardrail || ' first.'
            else '.'
        end
{%- endmacro %}
