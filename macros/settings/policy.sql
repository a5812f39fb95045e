{# The one table of policies: the values that each can have, that of the standard profile, those of profiles that differ (what three vendors' analytics show),
   and the input that it is about, where that is one. #}
{% macro policies() -%}
    {{ return({
        'churn_denominator': {'may_be': ['opening', 'opening_plus_new', 'daily'], 'standard': 'opening', 'stripe': 'opening_plus_new', 'input': 'subscriptions'},
        'same_period_churn': {'may_be': ['ignore', 'count'], 'standard': 'ignore', 'stripe': 'count', 'input': 'subscriptions'},
        'reactivation_window_days': {'may_be': ['null (any time)', 'a whole number'], 'standard': none, 'input': 'subscriptions'},
        'nrr_reactivation': {'may_be': ['exclude', 'include'], 'standard': 'exclude', 'chartmogul': 'include', 'input': 'subscriptions'},
        'past_due': {'may_be': ['active', 'excluded'], 'standard': 'active', 'input': 'subscriptions'},
        'churn_recognition': {'may_be': ['access_end', 'day_after'], 'standard': 'access_end', 'recurly': 'day_after', 'input': 'subscriptions'},
        'free_plan': {'may_be': ['churn', 'contraction'], 'standard': 'churn', 'chartmogul': 'contraction', 'input': 'subscriptions'},
        'paused': {'may_be': ['churn', 'kept', 'suspended'], 'standard': 'churn', 'input': 'subscriptions'},
        'churn_grace_days': {'may_be': ['a whole number'], 'standard': 0, 'input': 'subscriptions'},
        'attribution': {'may_be': ['first_touch', 'last_touch', 'linear'], 'standard': 'first_touch', 'input': 'marketing_touches'},
        'cac_lag_periods': {'may_be': ['a whole number'], 'standard': 0, 'input': 'marketing_spend'},
        'ad_spend_in_ledger': {'may_be': [false, true], 'standard': false, 'input': 'operating_expenses'},
        'negative_amounts': {'may_be': ['credit', 'reject'], 'standard': 'credit'},
        'pace': {'may_be': ['straight_line', 'seasonal'], 'standard': 'straight_line'},
    }) }}
{%- endmacro %}

{# The value of a policy: the user's override, else that of their profile. A wrong name or value stops with the valid ones. #}
{% macro policy(name) -%}
    {%- set chosen, row = chosen_policies(), policies()[name] -%}
    {{ return(chosen.get(name, row.get(chosen.get('profile', 'standard'), row.standard))) }}
{%- endmacro %}

{# What the user has set of okr_metrics_policies, be it to its default: {profile or policy: value}. #}
{% macro chosen_policies() -%}
    {%- set chosen = var('okr_metrics_policies', none) -%}
    {%- if chosen is none -%}
        {{ return({}) }}
    {%- endif -%}
    {%- do check_setting('policies', chosen) -%}
    {{ return({'profile': chosen} if chosen is string else chosen) }}
{%- endmacro %}

{# A value of a policy for a reader. #}
{% macro policy_text(value) -%}
    {{ return('any' if value is none else value | string | lower) }}
{%- endmacro %}

{# Whether who pays nothing can stay a subscriber: on a free plan, or in a pause. #}
{% macro keeps_unpaid() -%}
    {{ return(policy('free_plan') == 'contraction' or policy('paused') == 'suspended') }}
{%- endmacro %}
