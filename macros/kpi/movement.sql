{# The one movement of a customer in a period, from MRR at opening and closing; the order of the tests is the classic bug. #}
{% macro movement() -%}
    {%- set was_none, is_none = 'opening_mrr = 0', 'closing_mrr = 0' -%}
    {%- if keeps_unpaid() -%}
        {%- set was_none, is_none = "opening_state = 'none'", "closing_state = 'none'" -%}
    {%- endif -%}
    case
        {%- if policy('same_period_churn') == 'count' %}
        when {{ was_none }} and {{ is_none }} and not ({{ has_paid_before() }})
            then 'same_period'
        {%- endif %}
        when {{ was_none }} and {{ is_none }} then 'none'
        {%- if policy('paused') == 'suspended' %}
        when opening_state = 'paused' and closing_state = 'paused' then 'none'
        when {{ was_none }} and closing_state = 'paused' and {{ has_paid_before() }}
            then 'reactivation and pause'
        when {{ was_none }} and closing_state = 'paused' then 'new and pause'
        when opening_state = 'paused' and {{ is_none }} then 'resumption and churn'
        when opening_state = 'paused' then 'resumption'
        when closing_state = 'paused' then 'pause'
        {%- endif %}
        when {{ was_none }} and {{ has_paid_before() }}
            then 'reactivation'
        when {{ was_none }} then 'new'
        when {{ is_none }} then 'churn'
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
