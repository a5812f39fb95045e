{# The measures of the movements that kpi__subscriptions holds: column and expression; what is lost is positive. #}
{% macro movement_measures() -%}
    {{ return({
        'new_subscribers': 'coalesce(movements.new_customers, 0)',
        'reactivated_subscribers': 'coalesce(movements.reactivation_customers, 0)',
        'churned_subscribers': 'coalesce(movements.churn_customers, 0)',
        'paused_subscribers': 'coalesce(movements.pause_customers, 0)',
        'resumed_subscribers': 'coalesce(movements.resumption_customers, 0)',
        'transferred_subscribers': 'coalesce(movements.transferred_subscribers, 0)',
        'new_mrr': 'coalesce(movements.new_mrr_change, 0)',
        'expansion_mrr': 'coalesce(movements.expansion_mrr_change, 0)',
        'reactivation_mrr': 'coalesce(movements.reactivation_mrr_change, 0)',
        'resumed_mrr': 'coalesce(movements.resumption_mrr_change, 0)',
        'transferred_mrr': 'coalesce(movements.transfer_mrr_change, 0)',
        'same_period_churned_mrr': 'coalesce(movements.same_period_churned_mrr, 0)',
        'same_period_paused_mrr': 'coalesce(movements.same_period_paused_mrr, 0)',
        'contraction_mrr': '-coalesce(movements.contraction_mrr_change, 0)',
        'churned_mrr': '-coalesce(movements.churn_mrr_change, 0)',
        'paused_mrr': '-coalesce(movements.pause_mrr_change, 0)',
    }) }}
{%- endmacro %}
