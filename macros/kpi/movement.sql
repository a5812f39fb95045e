{# The one movement of a customer in a period, from MRR at opening and closing; the order of the tests is the classic bug. #}
{% macro movement() -%}
    case
        when opening_mrr = 0 and closing_mrr = 0 then 'none'
        when opening_mrr = 0 and first_paid_date < period_start
            then 'reactivation'
        when opening_mrr = 0 then 'new'
        when closing_mrr = 0 then 'churn'
        when closing_mrr > opening_mrr then 'expansion'
        when closing_mrr < opening_mrr then 'contraction'
        else 'unchanged'
    end
{%- endmacro %}
