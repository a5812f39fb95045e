{# The mapped inputs that nothing reads, each with what else would have to be mapped: {input: what it needs}. #}
{% macro unread_inputs() -%}
    {%- set unread = {} -%}
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
    {%- for input in input_mapping() -%}
        {%- if input in reads -%}
            {%- set is_read, needed = reads[input] -%}
        {%- elif is_okr_input(input) -%}
            {%- set is_read, needed = okr_is_on(), 'okr_cycles, okr_objectives, okr_key_results and okr_key_result_targets, and the inputs of a KPI' -%}
        {%- else -%}
            {%- set is_read = true -%}
        {%- endif -%}
        {%- do unread.update({input: needed}) if not is_read -%}
    {%- endfor -%}
    {{ return(unread) }}
{%- endmacro %}
