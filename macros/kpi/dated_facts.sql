{# {fact: its day} of the inputs whose rows say when the calendar of the marts begins. #}
{% macro dated_facts() -%}
    {%- set facts = {} -%}
    {%- for input, fact, day in [
        ('order_lines', 'fct_kpi__order_lines', 'ordered_date'),
        ('refunds', 'fct_kpi__refunds', 'refunded_date'),
        ('subscriptions', 'fct_kpi__subscription_versions', 'started_date'),
        ('marketing_spend', 'fct_kpi__marketing_spend', 'spend_date'),
        ('operating_expenses', 'fct_kpi__operating_expenses', 'expense_date'),
        ('product_events', 'fct_kpi__user_days', 'active_date'),
        ('survey_responses', 'fct_kpi__survey_responses', 'responded_date'),
        ('support_tickets', 'fct_kpi__support_tickets', 'opened_date'),
    ] if staging_is_on(input) -%}
        {%- do facts.update({fact: day}) -%}
    {%- endfor -%}
    {{ return(facts) }}
{%- endmacro %}
