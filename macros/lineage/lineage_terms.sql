{# What the columns and formulas of the marts are made of: {column or formula of meta.kpi: {term: factor}}; a term that isn't here is one of lineage_measures. #}
{% macro lineage_terms() -%}
    {%- set unless_in_ledger = {} if policy('ad_spend_in_ledger') else {'marketing_spend': 1} -%}
    {%- set terms = {
        'net_revenue': {'order_revenue': 1, 'refunds': -1, 'subscription_revenue': 1},
        'cost_of_revenue': {'order_cost': 1, 'ledger_cost_of_revenue': 1},
        'gross_profit': {'net_revenue': 1, 'cost_of_revenue': -1},
        'variable_costs': {'ledger_variable': 1},
        'contribution_profit': {'gross_profit': 1, 'marketing_spend': -1, 'ledger_variable': -1},
        'operating_expenses': dict(unless_in_ledger, ledger_variable=1, ledger_sales_and_marketing=1, ledger_other=1),
        'operating_income': {'gross_profit': 1, 'operating_expenses': -1},
        'operating_loss': {'operating_income': -1},
        'cac_fully_loaded_spend': dict({} if policy('ad_spend_in_ledger') else {'cac_marketing_spend': 1}, cac_ledger_sales_and_marketing=1),
        'arr': {'closing_mrr': 12},
        'net_new_arr': {'closing_mrr': 12, 'opening_mrr': -12},
        'retained_mrr': {'opening_mrr': 1, 'contraction_mrr': -1, 'churned_mrr': -1, 'same_period_churned_mrr': 1},
        'net_retained_mrr': dict({'retained_mrr': 1, 'expansion_mrr': 1}, **({'reactivation_mrr': 1} if policy('nrr_reactivation') == 'include' else {})),
        'contraction_mrr + churned_mrr': {'contraction_mrr': 1, 'churned_mrr': 1},
        'new_mrr + expansion_mrr + reactivation_mrr': {'new_mrr': 1, 'expansion_mrr': 1, 'reactivation_mrr': 1},
        '100 * (promoters - detractors)': {'promoters': 100, 'detractors': -100},
    } -%}
    {%- if has_input('subscriptions') -%}
        {%- do terms.update({'monthly_revenue': {'closing_mrr': 1}, 'paying_customers': {'closing_subscribers': 1}}) -%}
    {%- endif -%}
    {#- the daily rates are quotients of days, no sum of customers -#}
    {%- if policy('churn_denominator') != 'daily' -%}
        {%- set new_subscribers = {'new_subscribers': 1} if policy('churn_denominator') == 'opening_plus_new' else {} -%}
        {%- do terms.update({
            'churn_rate_numerator': {'churned_subscribers': 1},
            'churn_rate_denominator': dict(new_subscribers, opening_subscribers=1),
        }) -%}
    {%- endif -%}
    {{ return(terms) }}
{%- endmacro %}

{# The measures that a column or formula of a mart adds up, {measure: factor}; one whose input isn't mapped counts nothing, in the mart too. #}
{% macro lineage_parts(formula, measures) -%}
    {%- if formula in measures -%}
        {{ return({formula: 1}) }}
    {%- endif -%}
    {%- set parts = {} -%}
    {%- for term, factor in lineage_terms().get(formula, {}).items() -%}
        {%- for measure, inner_factor in lineage_parts(term, measures).items() -%}
            {%- do parts.update({measure: parts.get(measure, 0) + factor * inner_factor}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(parts) }}
{%- endmacro %}
