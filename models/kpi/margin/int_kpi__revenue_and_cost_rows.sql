{{ config(enabled=revenue_is_on(), materialized='view') }}
{%- set money = 'numeric(28, 6)' -%}
{%- set types = {
    'order_id': dbt.type_string(), 'order_line': 'integer', 'costed_line': 'integer', 'order_revenue': money,
    'refunds': money, 'order_refunds': money, 'order_cost': money, 'marketing_spend': money,
    'ledger_cost_of_revenue': money, 'ledger_variable': money, 'ledger_sales_and_marketing': money,
    'ledger_other': money,
} -%}
{#- what each fact has: its day, its key, which of its rows count, and the measures that they add to -#}
{%- set facts = {} -%}
{%- if has_input('orders', 'order_lines') -%}
    {%- do facts.update({'fct_kpi__order_lines': {
        'day': 'ordered_date', 'key': 'order_line_id', 'condition': 'not is_cancelled', 'order_id': 'order_id',
        'order_line': '1', 'costed_line': 'case when cost is not null then 1 else 0 end',
        'order_revenue': 'revenue', 'order_cost': 'cost',
    }}) -%}
{%- endif -%}
{%- if staging_is_on('refunds') -%}
    {%- do facts.update({'fct_kpi__refunds': {
        'day': 'refunded_date', 'key': 'refund_id', 'condition': 'not is_cancelled', 'refunds': 'refund',
        'order_refunds': 'order_refund',
    }}) -%}
{%- endif -%}
{%- if has_input('marketing_spend') -%}
    {%- do facts.update({'fct_kpi__marketing_spend': {
        'day': 'spend_date', 'key': "acquisition_channel || ' ' || campaign", 'marketing_spend': 'spend',
    }}) -%}
{%- endif -%}
{%- if has_input('operating_expenses') -%}
    {%- do facts.update({'fct_kpi__operating_expenses': {
        'day': 'expense_date', 'key': 'expense_id',
        'ledger_cost_of_revenue': "case when category = 'cost_of_revenue' then expense end",
        'ledger_variable': "case when category = 'variable' then expense end",
        'ledger_sales_and_marketing': "case when category = 'sales_and_marketing' then expense end",
        'ledger_other': "case when category not in ('cost_of_revenue', 'variable', 'sales_and_marketing') then expense end",
    }}) -%}
{%- endif -%}
{#- an order has no plan; spend has its channel alone, and the ledger no segment -#}
{%- for dimension in dimensions_of('customers', 'subscriptions', 'order_lines', 'orders') -%}
    {%- set of_order_lines = "'unknown'" if dimension in dimensions_of('subscriptions') else dimension -%}
    {%- do facts.get('fct_kpi__order_lines', {}).update({dimension: of_order_lines}) -%}
    {%- do facts.get('fct_kpi__refunds', {}).update({dimension: dimension}) -%}
    {%- if dimension in spend_dimensions() -%}
        {%- do facts.get('fct_kpi__marketing_spend', {}).update({dimension: dimension}) -%}
    {%- endif -%}
    {%- do types.update({dimension: dbt.type_string()}) -%}
{%- endfor %}

with

final as (

    {% for fact, columns in facts.items() -%}
    select
        '{{ fact.replace('fct_kpi__', '') }}' as input,
        {{ columns.key }} as row_key,
        {{ columns.day }} as row_date,
        {{ columns.day }} as calendar_date
        {%- for column, type in types.items() %},
        cast({{ columns.get(column, 'null') }} as {{ type }}) as {{ column }}
        {%- endfor %}

    from {{ ref(fact) }}

    where {{ columns.get('condition', '1 = 1') }}

    union all

    {% endfor -%}
    -- no row, but the shape: it stands where no such fact is mapped
    select
        cast(null as {{ dbt.type_string() }}) as input,
        cast(null as {{ dbt.type_string() }}) as row_key,
        cast(null as date) as row_date,
        cast(null as date) as calendar_date
        {%- for column, type in types.items() %},
        cast(null as {{ type }}) as {{ column }}
        {%- endfor %}

    where 1 = 0

)

select * from final
