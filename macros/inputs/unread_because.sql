{# Why nothing reads a mapped input: what else would have to be mapped; empty where something reads it. #}
{% macro unread_because(input) -%}
    {%- set revenue = 'orders with order_lines, or subscriptions' -%}
    {%- set reads = {
        'customers': (marts_are_on(), revenue ~ ', product_events, survey_responses or support_tickets'),
        'orders': (has_input('order_lines'), 'order_lines: an order is worth its lines'),
        'order_lines': (has_input('orders'), 'orders: they have the day and the currency'),
        'refunds': (revenue_is_on(), revenue ~ ': refunds lower their revenue'),
        'marketing_spend': (revenue_is_on(), revenue),
        'marketing_touches': (revenue_is_on(), revenue),
        'operating_expenses': (revenue_is_on(), revenue),
        'exchange_rates': (revenue_is_on(), revenue),
        'kpi_targets': (marts_are_on(), 'the inputs of a KPI'),
        'calendar': (marts_are_on(), 'the inputs of a KPI'),
        'okr_rule_exceptions': (any_input_is_mapped(), 'an operational input'),
    } -%}
    {%- if is_okr_input(input) and input not in reads -%}
        {{ return('' if okr_is_on() else 'okr_cycles, okr_objectives, okr_key_results and okr_key_result_targets, and the inputs of a KPI') }}
    {%- endif -%}
    {%- set is_read, needed = reads.get(input, (true, '')) -%}
    {{ return('' if is_read else needed) }}
{%- endmacro %}

{# The mapped inputs that nothing reads: {input: what they need}. #}
{% macro unread_inputs() -%}
    {%- set unread = {} -%}
    {%- for input in input_mapping() if unread_because(input) -%}
        {%- do unread.update({input: unread_because(input)}) -%}
    {%- endfor -%}
    {{ return(unread) }}
{%- endmacro %}
