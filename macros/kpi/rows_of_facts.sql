{# One row per row of a fact in the shape that int_kpi__daily_revenue_and_costs groups; an attribute a fact doesn't carry is null. #}
{% macro rows_of_facts() -%}
    {%- set shape = fact_row_shape() -%}
    {%- for fact, columns in measures_of_facts().items() %}
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
    {%- set segments = {} -%}
    {%- for column in revenue_dimensions() -%}
        {%- do segments.update({column: text}) -%}
    {%- endfor -%}
    {{ return(dict(segments, **{
        'order_id': text, 'order_line': 'integer', 'costed_line': 'integer', 'order_revenue': money, 'refunds': money,
        'order_refunds': money, 'order_cost': money, 'marketing_spend': money, 'ledger_cost_of_revenue': money, 'ledger_variable': money,
        'ledger_sales_and_marketing': money, 'ledger_other': money,
    })) }}
{%- endmacro %}
