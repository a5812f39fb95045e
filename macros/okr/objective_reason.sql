{# The worst status of an objective in words, with the guardrails that are breached beside it. #}
{% macro objective_reason() -%}
    {%- set breaches = dbt.safe_cast('breaches.guardrails_breached', dbt.type_string()) -%}
    case
            when own_scores.key_results_total = 0 then 'It has no key result'
            when own_scores.worst_status_rank = {{ statuses() | length }} then 'All of its key results are achieved'
            else 'The worst of its key results is ' || case own_scores.worst_status_rank
                {%- for status in statuses() %}
                when {{ loop.index }} then '{{ status }}'
                {%- endfor %}
            end
        end || case
            when breaches.guardrails_breached = 1 then '; a guardrail is breached: ' || breaches.first_guardrail || '.'
            when breaches.guardrails_breached > 1 then '; ' || {{ breaches }} || ' guardrails are breached, '
                || breaches.first_guardrail || ' first.'
            else '.'
        end
{%- endmacro %}
