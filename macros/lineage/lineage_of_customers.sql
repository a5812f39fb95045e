{# Measures that count customers by their orders and first days: the row is the customer. #}
{% macro lineage_of_customers() -%}
    {%- set starts = ref('okr_metrics', 'int_kpi__customer_starts') -%}
    {%- set acquisitions = {
        'input': 'customers', 'rows': ref('okr_metrics', 'int_kpi__customer_acquisitions'), 'name': 'acquisitions',
        'key': 'customer_id', 'day': 'first_date', 'by': lineage_attributes('acquisitions'),
    } -%}
    {%- set active = {
        'input': 'customers', 'rows': ref('okr_metrics', 'int_kpi__customer_periods'), 'name': 'customer_periods',
        'on': ['customer_periods.period_grain = periods.period_grain', 'customer_periods.period_start = periods.period_start'],
        'joins': [(starts, 'starts', ['customer_periods.customer_id = starts.customer_id'])],
        'key': 'customer_periods.customer_id', 'day': 'starts.first_date', 'amount': '1', 'by': lineage_attributes('starts'),
    } -%}
    {%- set measures = {
        'new_customers': dict(acquisitions, amount='credit'),
        'active_customers': active,
        'ordering_customers': dict(active, where=['customer_periods.has_order = 1']),
        'repeat_customers': dict(active, where=['customer_periods.has_order = 1', 'starts.first_order_date < periods.period_start']),
    } -%}
    {%- if activation_is_on() -%}
        {%- set window_end = 'cast(' ~ dbt.dateadd('day', setting('activation_days'), 'starts.first_date') ~ ' as date)' -%}
        {%- set observed = {
            'input': 'customers', 'rows': starts, 'name': 'starts', 'key': 'starts.customer_id', 'day': 'starts.first_date',
            'amount': '1', 'by': lineage_attributes('starts'), 'where': [window_end ~ ' <= ' ~ as_of_date()],
        } -%}
        {%- do measures.update({
            'new_customers_observed': observed,
            'activated_customers': dict(observed, distinct=true, joins=[(ref('okr_metrics', 'fct_kpi__user_days'), 'user_days', [
                'starts.customer_id = user_days.customer_id', 'user_days.activation_events > 0', 'user_days.active_date <= ' ~ window_end,
            ])]),
        }) -%}
    {%- endif -%}
    {{ return(measures) }}
{%- endmacro %}
