{# The one movement of a customer in a period, from MRR at opening and closing; the order of the tests is the classic bug. #}
{% macro movement() -%}
    {%- set was_none, is_none = ("opening_state = 'none'", "closing_state = 'none'") if keeps_unpaid() else ('opening_mrr = 0', 'closing_mrr = 0') -%}
    {#- who had no MRR at opening, but some before, in the window where one is set -#}
    {%- set has_paid_before = 'first_paid_date < period_start' -%}
    {%- set window = policy('reactivation_window_days') -%}
    {%- if window is not none -%}
        {%- set has_paid_before = has_paid_before ~ ' and ' ~ dbt.datediff('last_ended_date', 'first_change_date', 'day') ~ ' <= ' ~ window -%}
    {%- endif -%}
    case
        {%- if policy('same_period_churn') == 'count' %}
        when {{ was_none }} and {{ is_none }} and not ({{ has_paid_before }})
            then 'same_period'
        {%- endif %}
        when {{ was_none }} and {{ is_none }} then 'none'
        {%- if policy('paused') == 'suspended' %}
        when opening_state = 'paused' and closing_state = 'paused' then 'none'
        when {{ was_none }} and closing_state = 'paused' and {{ has_paid_before }}
            then 'reactivation and pause'
        when {{ was_none }} and closing_state = 'paused' then 'new and pause'
        when opening_state = 'paused' and {{ is_none }} then 'resumption and churn'
        when opening_state = 'paused' then 'resumption'
        when closing_state = 'paused' then 'pause'
        {%- endif %}
        when {{ was_none }} and {{ has_paid_before }}
            then 'reactivation'
        when {{ was_none }} then 'new'
        when {{ is_none }} then 'churn'
        when closing_mrr > opening_mrr then 'expansion'
        when closing_mrr < opening_mrr then 'contraction'
        else 'unchanged'
    end
{%- endmacro %}
