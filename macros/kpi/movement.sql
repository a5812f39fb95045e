{# The one movement of a customer in a period, from MRR at opening and closing; the order of the tests is the classic bug. #}
{% macro movement() -%}
    case
        {%- if policy('same_period_churn') == 'count' %}
        when opening_mrr = 0 and closing_mrr = 0 and not ({{ has_paid_before() }})
            then 'same_period'
        {%- endif %}
        when opening_mrr = 0 and closing_mrr = 0 then 'none'
        when opening_mrr = 0 and {{ has_paid_before() }}
            then 'reactivation'
        when opening_mrr = 0 then 'new'
        when closing_mrr = 0 then 'churn'
        when closing_mrr > opening_mrr then 'expansion'
        when closing_mrr < opening_mrr then 'contraction'
        else 'unchanged'
    end
{%- endmacro %}

{# Whether a customer without MRR at opening had some before, in the reactivation window where one is set. #}
{% macro has_paid_before() -%}
    {%- set window = policy('reactivation_window_days') -%}
    first_paid_date < period_start
    {%- if window is not none %}
        and {{ dbt.datediff('last_ended_date', 'first_change_date', 'day') }} <= {{ window }}
    {%- endif -%}
{%- endmacro %}
