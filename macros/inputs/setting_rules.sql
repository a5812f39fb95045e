{# The rule of a setting; one that takes long to make is made when its setting is checked, as each is hundreds of times in a parse. #}
{% macro setting_rule(name) -%}
    {%- if name == 'inputs' -%}
        {{ return(input_rule()) }}
    {%- elif name == 'policies' -%}
        {{ return(policy_rule()) }}
    {%- elif name == 'reporting_timezone' -%}
        {{ return(timezone_rule()) }}
    {%- elif name == 'custom_kpis' -%}
        {{ return({'list': model_rule(), 'must_be': 'a list of names of models'}) }}
    {%- elif name == 'publish_to' -%}
        {{ return(publish_rule()) }}
    {%- elif name == 'rules' -%}
        {{ return(rules_setting_rule()) }}
    {%- endif -%}
    {{ return(setting_rules()[name]) }}
{%- endmacro %}

{# What each setting may be: one value of a kind, a list of a rule, a mapping whose names and entries have one, or several of these; must_be says it in words. none: made by setting_rule. #}
{% macro setting_rules() -%}
    {%- set with_a_start, statuses = inputs_with_a_start(), subscription_statuses() -%}
    {%- set grains = ['day', 'week', 'month', 'quarter', 'year'] -%}
    {%- set words = {'kind': 'word', 'must_be': 'a word, in quotes where it could be taken for something else'} -%}
    {%- set names = {'list': {'kind': 'text', 'must_be': 'a name, in quotes where it could be taken for a number'}, 'must_be': 'a list of names'} -%}
    {%- set switch = {'kind': 'switch', 'must_be': 'true or false'} -%}
    {%- set rules = number_rules() -%}
    {%- do rules.update({
        'inputs': none,
        'policies': none,
        'semantic_layer': switch,
        'time_spine': switch,
        'as_of_date': {'kind': 'day', 'must_be': 'a date from 1970 on, such as 2026-09-13'},
        'first_day': {'kind': 'day', 'must_be': 'a date from 1970 on, such as 2019-01-01'},
        'reporting_currency': {'kind': 'text', 'pattern': '[A-Z]{3}', 'must_be': 'an ISO 4217 code such as EUR'},
        'reporting_timezone': none,
        'period_grains': {'list': {'kind': 'choice', 'of': grains}, 'is_filled': true, 'must_be': 'a list of: ' ~ grains | join(', ')},
        'language': {'kind': 'choice', 'of': ['en', 'fr']},
        'week_start': {'kind': 'choice', 'of': ['monday', 'sunday', 'saturday']},
        'order_statuses': {'mapping': {'list': words, 'must_be': 'a list of words'}, 'names': {'kind': 'choice', 'of': ['counted', 'not_counted']}, 'must_be': 'a mapping of counted and not_counted, each a list of words'},
        'data_starts': {'mapping': {'kind': 'day', 'must_be': 'a date from 1970 on, such as 2024-01-01'}, 'names': {'kind': 'choice', 'of': with_a_start}, 'must_be': 'a date such as 2024-01-01 by input, of the inputs ' ~ with_a_start | join(', ')},
        'ignored_channels': names,
        'usage_events': names,
        'activation_event': {'kind': 'text', 'must_be': 'the name of an event'},
        'custom_kpis': none,
        'subscription_statuses': {'mapping': {'kind': 'choice', 'of': statuses}, 'names': words, 'must_be': 'a mapping of your words to statuses, such as {in_trial: trialing}; the statuses are: ' ~ statuses | join(', ')},
        'churn_reason_types': {'mapping': {'kind': 'choice', 'of': ['voluntary', 'involuntary', 'unknown']}, 'names': words, 'must_be': 'a mapping of your reasons to types, such as {dunning: involuntary}; the types are: voluntary, involuntary, unknown'},
        'publish_to': none,
        'rules': none,
        'history_format': {'kind': 'choice', 'of': ['delta', 'iceberg', 'hudi']},
        'link': {'kind': 'text', 'pattern': 'https?://[^\s<>|#"\'\\\\]+', 'must_be': 'an address such as https://bi.example.com/okr without # or quotes, or null'},
        'dimensions': {'mapping': {'kind': 'place', 'is_nullable': true, 'must_be': 'input.column, such as customers.brand, or null'}, 'names': words, 'must_be': 'a mapping of names to input.column, such as {brand: customers.brand}'},
        'customer_identity': {'kind': 'choice', 'of': ['shared', 'per_source'], 'must_be': 'shared (an id is one customer in every source), per_source (each source has its own), or null to be asked where it matters'},
    }) -%}
    {{ return(rules) }}
{%- endmacro %}

{# The rules of the settings that are numbers. #}
{% macro number_rules() -%}
    {%- set covered = covered_inputs() | list -%}
    {%- set share = {'kind': 'number', 'least': 0, 'most': 1, 'must_be': 'a share from 0 to 1'} -%}
    {%- set gap = {'kind': 'number', 'least': -1, 'most': 0, 'must_be': 'a share from -1 to 0'} -%}
    {%- set days = {'kind': 'whole number', 'least': 0, 'most': 36500, 'must_be': 'a whole number of days, 0 to 36500'} -%}
    {{ return({
        'fiscal_year_start_month': {'kind': 'whole number', 'least': 1, 'most': 12, 'must_be': 'the number of a month, 1 to 12'},
        'max_reject_share': share,
        'max_rejected_money_share': share,
        'max_value_age_days': days,
        'max_input_age_days': dict(days, mapping=days, names={'kind': 'choice', 'of': covered}, must_be='a whole number of days, or one by input, of the inputs ' ~ covered | join(', ')),
        'on_track_gap': gap,
        'at_risk_gap': gap,
        'lapse_days': days,
        'activation_days': days,
        'health_baseline_periods': {'kind': 'whole number', 'least': 6, 'most': 10000, 'must_be': 'a whole number of periods, 6 or more'},
        'lookback_days': dict(days, must_be='a whole number of days, or null to read all rows in each build'),
        'alert_days': dict(days, least=1, must_be='a whole number of days, 1 to 36500'),
    }) }}
{%- endmacro %}

{# The rule of a time zone; the v2 engine of dbt has no list of them. #}
{% macro timezone_rule() -%}
    {%- set must_be = 'a name of the time zone database, such as UTC, Europe/Paris, America/New_York' -%}
    {%- if modules.pytz.all_timezones is defined -%}
        {{ return({'kind': 'choice', 'of': modules.pytz.all_timezones, 'must_be': must_be}) }}
    {%- endif -%}
    {{ return({'kind': 'text', 'must_be': must_be}) }}
{%- endmacro %}

{# The rule of a name that a model, a seed, a snapshot or a source is mapped by. #}
{% macro model_rule() -%}
    {{ return({
        'kind': 'text', 'pattern': '[^.\s\'"(){}]+([.][^.\s\'"(){}]+)?',
        'must_be': 'the name of a model, a seed or a snapshot, or source.table',
    }) }}
{%- endmacro %}

{# The rule of okr_metrics_inputs. #}
{% macro input_rule() -%}
    {%- set name = model_rule() -%}
    {%- set source = {'kind': 'word', 'must_be': 'the name of a source'} -%}
    {%- set must_be = name.must_be ~ ', a list of these, {name of the source: one of these}, or null where it is not mapped' -%}
    {{ return({
        'mapping': dict(name, list=name, mapping=name, names=source, is_nullable=true, must_be=must_be),
        'names': {'kind': 'choice', 'of': input_contract() | list},
        'must_be': 'a mapping of inputs to your models, such as {orders: my_orders}',
    }) }}
{%- endmacro %}

{# The rule of okr_metrics_publish_to. #}
{% macro publish_rule() -%}
    {%- set targets = publish_targets() -%}
    {%- set target = {'kind': 'text', 'pattern': targets.pattern, 'must_be': targets.text} -%}
    {{ return(dict(target, list=target, is_filled=true)) }}
{%- endmacro %}
