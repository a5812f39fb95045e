{# The value of a policy: the user's override, else that of their profile. A wrong name or value stops with the valid ones. #}
{% macro policy(name) -%}
    {%- set chosen = chosen_policies() -%}
    {{ return(chosen.get(name, policy_profiles()[chosen.get('profile', 'standard')][name])) }}
{%- endmacro %}

{# Whether the user has set a policy, be it to its default. #}
{% macro policy_is_set(name) -%}
    {{ return(name in chosen_policies()) }}
{%- endmacro %}

{# The user's choice: {profile or policy: value}. #}
{% macro chosen_policies() -%}
    {%- set chosen = var('okr_metrics_policies', none) -%}
    {%- if chosen is none -%}
        {{ return({}) }}
    {%- endif -%}
    {%- do check_setting('policies', chosen) -%}
    {{ return({'profile': chosen} if chosen is string else chosen) }}
{%- endmacro %}

{# The rule of okr_metrics_policies: a profile, or a rule for each policy (setting_rules). #}
{% macro policy_rule() -%}
    {%- set profile = {'kind': 'choice', 'of': policy_profiles() | list} -%}
    {%- set rules = {'profile': profile} -%}
    {%- for name, allowed in policy_values().items() -%}
        {%- set must_be = allowed | map('string') | map('lower') | join(' or ') -%}
        {%- set kind = 'whole number' if 'a whole number' in allowed else 'switch' if true in allowed else 'choice' -%}
        {%- do rules.update({name: {
            'kind': kind, 'of': allowed, 'least': 0, 'most': 36500, 'is_nullable': 'null (any time)' in allowed, 'must_be': must_be,
        }}) -%}
    {%- endfor -%}
    {{ return(dict(profile, entries=rules, names={'kind': 'choice', 'of': rules | list}, must_be='a profile (' ~ policy_profiles() | join(', ') ~ '), or a mapping of profile and policies')) }}
{%- endmacro %}

{# The values that each policy can have. #}
{% macro policy_values() -%}
    {{ return({
        'churn_denominator': ['opening', 'opening_plus_new', 'daily'],
        'same_period_churn': ['ignore', 'count'],
        'reactivation_window_days': ['null (any time)', 'a whole number'],
        'nrr_reactivation': ['exclude', 'include'],
        'past_due': ['active', 'excluded'],
        'churn_recognition': ['access_end', 'day_after'],
        'free_plan': ['churn', 'contraction'],
        'paused': ['churn', 'kept', 'suspended'],
        'churn_grace_days': ['a whole number'],
        'attribution': ['first_touch', 'last_touch', 'linear'],
        'cac_lag_periods': ['a whole number'],
        'ad_spend_in_ledger': [false, true],
        'negative_amounts': ['credit', 'reject'],
        'pace': ['straight_line', 'seasonal'],
    }) }}
{%- endmacro %}

{# The policies of KPIs, each with the input that it is about. #}
{% macro policy_inputs() -%}
    {{ return({
        'churn_denominator': 'subscriptions',
        'same_period_churn': 'subscriptions',
        'reactivation_window_days': 'subscriptions',
        'nrr_reactivation': 'subscriptions',
        'past_due': 'subscriptions',
        'churn_recognition': 'subscriptions',
        'free_plan': 'subscriptions',
        'paused': 'subscriptions',
        'churn_grace_days': 'subscriptions',
        'attribution': 'marketing_touches',
        'cac_lag_periods': 'marketing_spend',
        'ad_spend_in_ledger': 'operating_expenses',
    }) }}
{%- endmacro %}

{# The named profiles: standard, and what three vendors' analytics show. #}
{% macro policy_profiles() -%}
    {%- set standard = {
        'churn_denominator': 'opening', 'same_period_churn': 'ignore', 'reactivation_window_days': none,
        'nrr_reactivation': 'exclude', 'past_due': 'active', 'churn_recognition': 'access_end',
        'free_plan': 'churn', 'paused': 'churn', 'churn_grace_days': 0,
        'attribution': 'first_touch', 'cac_lag_periods': 0, 'ad_spend_in_ledger': false,
        'negative_amounts': 'credit', 'pace': 'straight_line',
    } -%}
    {{ return({
        'standard': standard,
        'chartmogul': dict(standard, nrr_reactivation='include', free_plan='contraction'),
        'stripe': dict(standard, churn_denominator='opening_plus_new', same_period_churn='count'),
        'recurly': dict(standard, churn_recognition='day_after'),
    }) }}
{%- endmacro %}

{# The value of a policy for a reader. #}
{% macro policy_text(name) -%}
    {{ return(policy_value_text(policy(name))) }}
{%- endmacro %}

{# A value that a policy can have, for a reader. #}
{% macro policy_value_text(value) -%}
    {{ return('any' if value is none else value | string | lower) }}
{%- endmacro %}
