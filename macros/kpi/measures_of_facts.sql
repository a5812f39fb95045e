{# The facts of revenue and costs that are mapped: day, condition, segments, and the column or expression of each measure that their rows add to. #}
{% macro measures_of_facts() -%}
    {%- set of_customer, of_refund, of_spend = {}, {}, {} -%}
    {%- set of_subscriptions = dimensions_of('subscriptions') -%}
    {%- for column in revenue_dimensions() -%}
        {%- do of_refund.update({column: column}) -%}
        {%- do of_customer.update({column: "'unknown'" if column in of_subscriptions else column}) -%}
    {%- endfor -%}
    {%- for column in spend_dimensions() -%}
        {%- do of_spend.update({column: column}) -%}
    {%- endfor -%}
    {%- set facts = {} -%}
    {%- if has_input('orders', 'order_lines') -%}
        {%- do facts.update({'fct_kpi__order_lines': dict(of_customer, day='ordered_date', condition='not is_cancelled', order_id='order_id', order_line='1', costed_line='case when cost is not null then 1 else 0 end', order_revenue='revenue', order_cost='cost')}) -%}
    {%- endif -%}
    {%- if staging_is_on('refunds') -%}
        {%- do facts.update({'fct_kpi__refunds': dict(of_refund, day='refunded_date', condition='not is_cancelled', refunds='refund', order_refunds='order_refund')}) -%}
    {%- endif -%}
    {%- if has_input('marketing_spend') -%}
        {%- do facts.update({'fct_kpi__marketing_spend': dict(of_spend, day='spend_date', marketing_spend='spend')}) -%}
    {%- endif -%}
    {%- if has_input('operating_expenses') -%}
        {%- do facts.update({'fct_kpi__operating_expenses': {
            'day': 'expense_date',
            'ledger_cost_of_revenue': "case when category = 'cost_of_revenue' then expense end",
            'ledger_variable': "case when category = 'variable' then expense end",
            'ledger_sales_and_marketing': "case when category = 'sales_and_marketing' then expense end",
            'ledger_other': "case when category not in ('cost_of_revenue', 'variable', 'sales_and_marketing') then expense end",
        }}) -%}
    {%- endif -%}
    {{ return(facts) }}
{%- endmacro %}
