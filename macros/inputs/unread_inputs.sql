{# The mapped inputs that nothing reads: {input: the case of the rule unread_input, which says what else has to be mapped}. #}
{% macro unread_inputs() -%}
    {%- set reads = {
        'customers': (marts_are_on(), 'customers'),
        'orders': (has_input('order_lines'), 'orders'),
        'order_lines': (has_input('orders'), 'order_lines'),
        'refunds': (revenue_is_on(), 'refunds'),
        'marketing_spend': (revenue_is_on(), 'revenue'),
        'marketing_touches': (revenue_is_on(), 'revenue'),
        'operating_expenses': (revenue_is_on(), 'revenue'),
        'ledger_revenue': (revenue_is_on(), 'revenue'),
        'customer_links': (matching_sources() != [], 'sources'),
        'exchange_rates': (revenue_is_on(), 'revenue'),
        'kpi_targets': (marts_are_on(), 'kpis'),
        'calendar': (marts_are_on(), 'kpis'),
        'okr_events': (marts_are_on(), 'kpis'),
        'okr_rule_exceptions': (part_of_mapping(okr=false) != {}, 'findings'),
    } -%}
    {%- set unread = {} -%}
    {%- for input in input_mapping() -%}
        {%- set is_read, case = reads.get(input, (okr_is_on() or not is_okr_input(input), 'okrs')) -%}
        {%- do unread.update({input: case}) if not is_read -%}
    {%- endfor -%}
    {{ return(unread) }}
{%- endmacro %}
