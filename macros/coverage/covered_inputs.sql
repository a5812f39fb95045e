{# The operational inputs that have a first and a last covered day, with the days of their rows. A parts-only input has those of what it belongs to;
   customers, rates and targets say nothing of time. #}
{% macro covered_inputs() -%}
    {{ return({
        'orders': ['ordered_date'], 'subscriptions': ['started_date', 'ended_date'], 'marketing_spend': ['spend_date'],
        'operating_expenses': ['expense_date'], 'product_events': ['occurred_date'], 'survey_responses': ['responded_date'],
        'support_tickets': ['opened_date', 'solved_date'],
    }) }}
{%- endmacro %}

{# The start that the user set for an input, else another day. #}
{% macro data_start_of(input, otherwise='cast(null as date)') -%}
    {%- set start = setting('data_starts').get(input) -%}
    {{ return("cast('" ~ start ~ "' as date)" if start else otherwise) }}
{%- endmacro %}

{# The inputs that okr_metrics_data_starts may name: refunds too may be loaded later than what they belong to. #}
{% macro inputs_with_a_start() -%}
    {{ return(covered_inputs() | list + ['refunds']) }}
{%- endmacro %}
