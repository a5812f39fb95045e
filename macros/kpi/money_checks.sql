{# Money that must be the same in the fact and in a mart over all periods: one row per measure, fact and condition, with the day and the input. #}
{% macro money_checks() -%}
    {%- set checks = [] -%}
    {%- if staging_is_on('order_lines') -%}
        {%- do checks.append(('order_revenue', 'fct_kpi__order_lines', 'sum(revenue)', 'not is_cancelled', 'ordered_date', 'orders')) -%}
    {%- endif -%}
    {%- if staging_is_on('refunds') -%}
        {%- do checks.append(('refunds', 'fct_kpi__refunds', 'sum(refund)', 'not is_cancelled', 'refunded_date', 'refunds')) -%}
    {%- endif -%}
    {%- if staging_is_on('marketing_spend') -%}
        {%- do checks.append(('marketing_spend', 'fct_kpi__marketing_spend', 'sum(spend)', '1 = 1', 'spend_date', 'marketing_spend')) -%}
    {%- endif -%}
    {{ return(checks) }}
{%- endmacro %}
