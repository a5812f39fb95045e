{# Measures of what is in force: MRR by version, in the segment of its customer's main plan; subscribers, whose row is the customer; revenue by version and period. #}
{% macro lineage_of_subscriptions() -%}
    {%- set customer_mrr = ref('okr_metrics', 'int_kpi__subscriber_states') -%}
    {%- set versions_of_all = ref('okr_metrics', 'fct_kpi__subscription_versions') -%}
    {%- set by_version = lineage_attributes('versions', subscriber_dimensions()) -%}
    {%- for column in dimensions_of('order_lines') + dimensions_of('orders') -%}
        {%- do by_version.update({column: "'subscriptions'"}) -%}
    {%- endfor -%}
    {%- set measures = {'subscription_revenue': {
        'input': 'subscriptions', 'before': lineage_accruals, 'versions': versions_of_all, 'days': ref('okr_metrics', 'int_kpi__days'), 'rows': 'accruals', 'name': 'accruals',
        'on': ['accruals.period_start = periods.period_start'], 'key': 'subscription_id', 'day': 'started_date',
        'amount': 'accrued', 'by': by_version,
    }} -%}
    {%- for state in ['opening', 'closing'] -%}
        {%- set customers = {
            'input': 'customers', 'rows': customer_mrr, 'name': 'customer_mrr',
            'on': in_force('customer_mrr.valid_from', 'customer_mrr.valid_to', state),
            'where': ["customer_mrr.state != 'paused'"], 'key': 'customer_mrr.customer_id', 'day': 'customer_mrr.valid_from', 'amount': '1',
            'by': lineage_attributes('customer_mrr', subscriber_dimensions()),
        } -%}
        {%- set versions = {
            'input': 'subscriptions', 'rows': versions_of_all, 'name': 'versions',
            'on': in_force('versions.started_date', 'versions.ended_date', state), 'where': ['versions.mrr != 0', 'customer_mrr.mrr > 0'],
            'joins': [(customer_mrr, 'customer_mrr', ['versions.customer_id = customer_mrr.customer_id'] + customers.on)],
            'key': 'versions.subscription_id', 'day': 'versions.started_date', 'amount': 'versions.mrr', 'by': customers.by,
        } -%}
        {%- do measures.update({state ~ '_subscribers': customers, state ~ '_mrr': versions}) -%}
    {%- endfor -%}
    {{ return(measures) }}
{%- endmacro %}

{# Whether a span of days, its end not counted, holds the day before a period (opening), its last day (closing), or the day before a last change (passing). #}
{% macro in_force(valid_from, valid_to, state) -%}
    {%- set day, before = {
        'opening': ('periods.period_start', true), 'closing': ('periods.period_end', false), 'passing': ('movements.final_change_date', true),
    }[state] -%}
    {{ return([
        valid_from ~ (' < ' if before else ' <= ') ~ day,
        'coalesce(' ~ valid_to ~ (' >= ' if before else ' > ') ~ day ~ ', true)',
    ]) }}
{%- endmacro %}
