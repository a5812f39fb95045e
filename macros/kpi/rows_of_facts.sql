{# One row per row of a fact in the shape that int_kpi__daily_revenue_and_costs groups; an attribute a fact doesn't carry is null. #}
{% macro rows_of_facts() -%}
    {%- set shape = fact_row_shape() -%}
    {%- set of_customer = {'country': 'country', 'segment': 'segment', 'acquisition_channel': 'acquisition_channel', 'plan': "'unknown'", 'product_category': 'product_category'} -%}
    {%- set facts = {} -%}
    {%- if has_input('orders', 'order_lines') -%}
        {%- do facts.update({'fct_kpi__order_lines': dict(of_customer, day='ordered_date', condition='not is_cancelled', order_id='order_id', order_line='1', costed_line='case when cost is not null then 1 else 0 end', order_revenue='revenue', order_cost='cost')}) -%}
    {%- endif -%}
    {%- if has_input('orders', 'order_lines', 'refunds') -%}
        {%- do facts.update({'fct_kpi__refunds': dict(of_customer, day='refunded_date', condition='not is_cancelled', refunds='refund')}) -%}
    {%- endif -%}
    {%- if has_input('marketing_spend') -%}
        {%- do facts.update({'fct_kpi__marketing_spend': {'day': 'spend_date', 'acquisition_channel': 'acquisition_channel', 'marketing_spend': 'spend'}}) -%}
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
    {%- for fact, columns in facts.items() %}
    select
        {{ columns.day }} as calendar_date
        {%- for column, type in shape.items() %},
        cast({{ columns.get(column, 'null') }} as {{ type }}) as {{ column }}
        {%- endfor %}

    from {{ ref(fact) }}

    where {{ columns.get('condition', '1 = 1') }}

    union all
    {%- endfor %}
    {#- no row, but the shape: it stands where no such fact is mapped #}
    select
        cast(null as date) as calendar_date
        {%- for column, type in shape.items() %},
        cast(null as {{ type }}) as {{ column }}
        {%- endfor %}

    where 1 = 0
{%- endmacro %}

{# The columns of that shape and their types. #}
{% macro fact_row_shape() -%}
    {%- set text, money = dbt.type_string(), 'numeric(28, 6)' -%}
    {{ return({
        'country': text, 'segment': text, 'acquisition_channel': text, 'plan': text, 'product_category': text,
        'order_id': text, 'order_line': 'integer', 'costed_line': 'integer', 'order_revenue': money, 'refunds': money,
        'order_cost': money, 'marketing_spend': money, 'ledger_cost_of_revenue': money, 'ledger_variable': money,
        'ledger_sales_and_marketing': money, 'ledger_other': money,
    }) }}
{%- endmacro %}
