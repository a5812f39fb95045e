{# Measures of movements: subscribers, whose row is the customer, and MRR by the versions that the customer had at closing less those at opening. #}
{% macro lineage_of_movements() -%}
    {%- set movements = {
        'rows': ref('okr_metrics', 'int_kpi__customer_movements'), 'name': 'movements',
        'on': ['movements.period_grain = periods.period_grain', 'movements.period_start = periods.period_start'],
    } -%}
    {%- set of_version = {} -%}
    {%- for column in version_columns() -%}
        {%- do of_version.update({column: 'coalesce(movements.opening_' ~ column ~ ', movements.closing_' ~ column ~ ', movements.passing_' ~ column ~ ')'}) -%}
    {%- endfor -%}
    {%- set by_customer = dict(
        movements, input='customers', key='movements.customer_id', amount='1', by=dict(lineage_attributes('starts'), **of_version),
        joins=[(ref('okr_metrics', 'int_kpi__customer_starts'), 'starts', ['movements.customer_id = starts.customer_id'])],
    ) -%}
    {%- set by_version = dict(
        movements, input='subscriptions', key='versions.subscription_id', day='versions.started_date', by=dict(lineage_attributes('versions'), **of_version),
        joins=[(ref('okr_metrics', 'fct_kpi__subscription_versions'), 'versions', ['movements.customer_id = versions.customer_id', 'versions.mrr != 0'])],
    ) -%}
    {#- who joins and leaves inside the period is both new and churned under this policy -#}
    {%- set passing = ['same_period'] if policy('same_period_churn') == 'count' else [] -%}
    {%- set gained, lost = lineage_mrr_change('closing', 'opening', passing), lineage_mrr_change('opening', 'closing', passing) -%}
    {%- set measures = {
        'new_subscribers': dict(by_customer, day='movements.first_change_date', where=lineage_movement(['new'] + passing)),
        'reactivated_subscribers': dict(by_customer, day='movements.first_change_date', where=lineage_movement(['reactivation'])),
        'churned_subscribers': dict(by_customer, day='movements.final_change_date', where=lineage_movement(['churn'] + passing)),
        'new_mrr': dict(by_version, amount=gained, where=lineage_movement(['new'] + passing)),
        'reactivation_mrr': dict(by_version, amount=gained, where=lineage_movement(['reactivation'])),
        'expansion_mrr': dict(by_version, amount=gained, where=lineage_movement(['expansion'])),
        'contraction_mrr': dict(by_version, amount=lost, where=lineage_movement(['contraction'])),
        'churned_mrr': dict(by_version, amount=lost, where=lineage_movement(['churn'] + passing)),
    } -%}
    {%- if passing -%}
        {%- do measures.update({'same_period_churned_mrr': dict(measures.churned_mrr, where=lineage_movement(passing))}) -%}
    {%- endif -%}
    {{ return(measures) }}
{%- endmacro %}

{# The condition of movements to be of one of the kinds. #}
{% macro lineage_movement(kinds) -%}
    {{ return(["movements.movement in ('" ~ kinds | join("', '") ~ "')"]) }}
{%- endmacro %}

{# A version's MRR in one state less that in another; of one who joins and leaves inside the period, what they had. #}
{% macro lineage_mrr_change(state, other_state, passing) -%}
    {%- set in_state, in_other, in_passing = [], [], [] -%}
    {%- for name, conditions in [(state, in_state), (other_state, in_other), ('passing', in_passing)] -%}
        {%- do conditions.extend(in_force('versions.started_date', 'versions.ended_date', name)) -%}
    {%- endfor -%}
    versions.mrr * (
            case when {{ in_state | join(' and ') }} then 1 else 0 end
            - case when {{ in_other | join(' and ') }} then 1 else 0 end
            {%- if passing %}
            + case when movements.movement = 'same_period' and {{ in_passing | join(' and ') }} then 1 else 0 end
            {%- endif %}
        )
{%- endmacro %}
