{# Measures of revenue and costs: what measures_of_facts says, with the key of each fact's rows. #}
{% macro lineage_of_facts() -%}
    {%- set keys = {
        'fct_kpi__order_lines': 'order_line_id', 'fct_kpi__refunds': 'refund_id', 'fct_kpi__operating_expenses': 'expense_id',
        'fct_kpi__marketing_spend': "acquisition_channel || ' ' || campaign",
    } -%}
    {%- set no_measures = revenue_dimensions() + ['acquisition_channel', 'day', 'condition', 'order_id', 'order_line', 'costed_line'] -%}
    {%- set measures = {} -%}
    {%- for fact, columns in measures_of_facts().items() -%}
        {%- set fact_rows = {
            'input': fact.replace('fct_kpi__', ''), 'rows': ref('okr_metrics', fact), 'name': fact.replace('fct_kpi__', ''),
            'key': keys[fact], 'day': columns.day, 'by': columns,
        } -%}
        {%- do fact_rows.update({'where': [columns.condition]} if columns.condition else {}) -%}
        {%- for measure, amount in columns.items() if measure not in no_measures -%}
            {%- do measures.update({measure: dict(fact_rows, amount=amount)}) -%}
        {%- endfor -%}
        {%- if columns.order_id -%}
            {#- an order with several lines is one -#}
            {%- do measures.update({'orders': dict(fact_rows, input='orders', key='order_id', amount='1', distinct=true)}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for spend in ['marketing_spend', 'ledger_sales_and_marketing'] if spend in measures -%}
        {%- do measures.update({'cac_' ~ spend: dict(measures[spend], lag=policy('cac_lag_periods'))}) -%}
    {%- endfor -%}
    {{ return(measures) }}
{%- endmacro %}
