{# The value of a policy: the user's override, else that of their profile. A wrong name stops with the valid ones. #}
{% macro policy(name) -%}
    {%- set chosen = var('okr_metrics_policies', {}) or {} -%}
    {%- set chosen = {'profile': chosen} if chosen is string else chosen -%}
    {%- set profiles = policy_profiles() -%}
    {%- set allowed = policy_values() -%}
    {%- set profile = chosen.get('profile', 'standard') -%}
    {%- if profile not in profiles -%}
        {{ exceptions.raise_compiler_error("okr_metrics_policies: unknown profile '" ~ profile ~ "'. Valid profiles: " ~ profiles | join(', ') ~ ". Did you mean '" ~ nearest_name(profile, profiles) ~ "'?") }}
    {%- endif -%}
    {%- for key, value in chosen.items() if key != 'profile' -%}
        {%- if key not in allowed -%}
            {{ exceptions.raise_compiler_error("okr_metrics_policies: unknown policy '" ~ key ~ "'. Valid policies: profile, " ~ allowed | join(', ') ~ ". Did you mean '" ~ nearest_name(key, allowed) ~ "'?") }}
        {%- elif not is_policy_value(allowed[key], value) -%}
            {{ exceptions.raise_compiler_error("okr_metrics_policies: '" ~ value ~ "' isn't a value of " ~ key ~ ". It must be " ~ allowed[key] | join(', ') ~ ".") }}
        {%- endif -%}
    {%- endfor -%}
    {{ return(chosen.get(name, profiles[profile][name])) }}
{%- endmacro %}

{# Whether the user has set a policy, be it to its default. #}
{% macro policy_is_set(name) -%}
    {%- set chosen = var('okr_metrics_policies', {}) or {} -%}
    {{ return(chosen is mapping and name in chosen) }}
{%- endmacro %}

{# Whether a value is one of the allowed; a number of days or periods is any whole number from 0 on. #}
{% macro is_policy_value(allowed, value) -%}
    {%- set is_number = value is integer and value is not boolean and value >= 0 -%}
    {%- set is_none = value is none and 'null (any time)' in allowed -%}
    {{ return(is_none or value is boolean and value in allowed or value is string and value in allowed
        or is_number and 'a whole number' in allowed) }}
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
