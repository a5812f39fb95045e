{# The one table of settings, in the order of docs/settings.md: the default, the demo's own, what the setting means, and what it may be. A rule is a value of a
   kind, a list of a rule, a mapping whose names and entries have a rule each, or several of these; must_be says it in words. Kinds: switch, number, whole
   number, word, text, choice (of these, or of a list of that name), day, place. A rule that is made of other things is named (setting_rule). #}
{% macro settings() -%}
    {%- set word = {'kind': 'word', 'must_be': 'a word, in quotes where it could be taken for something else'} -%}
    {%- set names = {'list': {'kind': 'text', 'must_be': 'a name, in quotes where it could be taken for a number'}, 'must_be': 'a list of names'} -%}
    {%- set share = {'kind': 'number', 'least': 0, 'most': 1, 'must_be': 'a share from 0 to 1'} -%}
    {%- set gap = {'kind': 'number', 'least': -1, 'most': 0, 'must_be': 'a share from -1 to 0'} -%}
    {%- set days = {'kind': 'whole number', 'least': 0, 'most': 36500, 'must_be': 'a whole number of days, 0 to 36500'} -%}
    {%- set switch = {'kind': 'switch', 'must_be': 'true or false'} -%}
    {{ return({
        'inputs': {
            'rule': 'inputs',
            'means': 'Which of your models each input is read from: see [Map your data](inputs.md).',
        },
        'sources': {
            'rule': 'sources',
            'means': 'Which raw tables are read as they were loaded, without a model of yours: see [Connectors](connectors.md).',
        },
        'as_of_date': {
            'default': none, 'in_demo': '2026-09-13', 'shown': 'yesterday in the reporting time zone',
            'rule': {'kind': 'day', 'must_be': 'a date from 1970 on, such as 2026-09-13'},
            'means': 'The last complete day. Building as of the same day again gives the same rows.',
        },
        'first_day': {
            'default': '1970-01-01',
            'rule': {'kind': 'day', 'must_be': 'a date from 1970 on, such as 2019-01-01'},
            'means': 'A row that is dated before this day is rejected.',
        },
        'reporting_currency': {
            'default': 'USD', 'in_demo': 'EUR',
            'rule': {'kind': 'text', 'pattern': '[A-Z]{3}', 'must_be': 'an ISO 4217 code such as EUR'},
            'means': 'The currency in which all money is reported.',
        },
        'language': {
            'default': 'en',
            'rule': {'kind': 'choice', 'of': ['en', 'fr']},
            'means': 'The language of the sentences in the marts: messages, reasons, how to fix.',
        },
        'reporting_timezone': {
            'default': 'UTC', 'in_demo': 'Europe/Paris',
            'rule': 'time zone',
            'means': 'The time zone in which days begin and end.',
        },
        'period_grains': {
            'default': ['week', 'month', 'quarter', 'year'],
            'rule': {'list': {'kind': 'choice', 'of': ['day', 'week', 'month', 'quarter', 'year']}, 'is_filled': true, 'must_be': 'a list of: day, week, month, quarter, year'},
            'means': 'The lengths of period that the marts have.',
        },
        'week_start': {
            'default': 'monday',
            'rule': {'kind': 'choice', 'of': ['monday', 'sunday', 'saturday']},
            'means': 'The first day of a week.',
        },
        'fiscal_year_start_month': {
            'default': 1,
            'rule': {'kind': 'whole number', 'least': 1, 'most': 12, 'must_be': 'the number of a month, 1 to 12'},
            'means': 'Years and quarters start with this month. Leave it out if a calendar is mapped.',
        },
        'policies': {
            'shown': 'standard',
            'rule': 'policies',
            'means': 'Which definition holds where trusted sources disagree: see [Policies](policies.md).',
        },
        'dimensions': {
            'default': {}, 'shown': 'the standard five',
            'rule': {'mapping': {'kind': 'place', 'is_nullable': true, 'must_be': 'input.column, such as customers.brand, or null'}, 'names': word, 'must_be': 'a mapping of names to input.column, such as {brand: customers.brand}'},
            'means': 'Dimensions that you add to the standard five; null switches a standard one off: see [Dimensions](inputs.md#dimensions).',
        },
        'customer_identity': {
            'default': none,
            'rule': {'kind': 'choice', 'of': ['shared', 'per_source'], 'must_be': 'shared (an id is one customer in every source), per_source (each source has its own), or null to be asked where it matters'},
            'means': 'What an id is that stands in two sources of customers: see [Two shops, two brands](inputs.md#two-shops-two-brands).',
        },
        'order_statuses': {
            'default': {},
            'rule': {'mapping': {'list': word, 'must_be': 'a list of words'}, 'names': {'kind': 'choice', 'of': ['counted', 'not_counted']}, 'must_be': 'a mapping of counted and not_counted, each a list of words'},
            'means': 'Words of `orders.status` beside those of the [list](inputs.md#orders-lines-and-refunds), or moved to the other list.',
        },
        'subscription_statuses': {
            'default': {},
            'rule': {'mapping': {'kind': 'choice', 'of': 'subscription statuses'}, 'names': word, 'must_be': 'a mapping of your words to statuses, such as {in_trial: trialing}; the statuses are: {of}'},
            'means': 'Your words for the [status of a subscription](inputs.md#subscriptions).',
        },
        'churn_reason_types': {
            'default': {},
            'rule': {'mapping': {'kind': 'choice', 'of': ['voluntary', 'involuntary', 'unknown']}, 'names': word, 'must_be': 'a mapping of your reasons to types, such as {dunning: involuntary}; the types are: voluntary, involuntary, unknown'},
            'means': 'The type of your reasons to churn, on top of the common ones.',
        },
        'max_reject_share': {
            'default': 0.05,
            'rule': share,
            'means': 'More rejected rows than this share of an input stop the build.',
        },
        'max_rejected_money_share': {
            'default': 0.005,
            'rule': share,
            'means': "More rejected money than this share of an input is a warning (`rejected_money`). A row whose amount can't be read is taken for a usual one.",
        },
        'data_starts': {
            'default': {}, 'shown': 'the day of its earliest row',
            'rule': {'mapping': {'kind': 'day', 'must_be': 'a date from 1970 on, such as 2024-01-01'}, 'names': {'kind': 'choice', 'of': 'inputs with a start'}, 'must_be': 'a date such as 2024-01-01 by input, of the inputs {of}'},
            'means': 'Since when an input is known, if you know better than its earliest row: see [Coverage](kpi-definitions.md#coverage).',
        },
        'max_input_age_days': {
            'default': none, 'shown': 'by its usual gap',
            'rule': dict(days, mapping=days, names={'kind': 'choice', 'of': 'inputs with days'}, must_be='a whole number of days, or one by input, of the inputs {of}'),
            'means': 'How old the newest row of an input may be before the input has ended: see [Coverage](kpi-definitions.md#coverage).',
        },
        'rules': {
            'default': {},
            'rule': 'rules',
            'means': 'What you change about a rule: whether it is on, its severity, its limit. See [Rules](rules.md#change-a-rule).',
        },
        'max_value_age_days': {
            'default': 100,
            'rule': days,
            'means': 'An older value makes a key result `unreliable`.',
        },
        'lapse_days': {
            'default': 90,
            'rule': days,
            'means': 'A customer has lapsed after so many days without an order.',
        },
        'ignored_channels': {
            'default': [],
            'rule': names,
            'means': 'Channels such as direct or a payment provider, whose touches are skipped unless a customer has no other.',
        },
        'channel_rules': {
            'default': [], 'shown': "the groups of Google Analytics' default channel group",
            'rule': {
                'list': {
                    'mapping': {'kind': 'text', 'must_be': 'a pattern in lower case, such as google|bing'},
                    'names': {'kind': 'choice', 'of': ['source', 'campaign_type', 'utm_source', 'utm_medium', 'crm', 'channel']},
                    'must_be': 'a mapping such as {utm_source: newsletter, channel: email}',
                },
                'must_be': 'a list of rules, such as [{utm_source: newsletter, channel: email}]',
            },
            'means': 'Which channel the words of a connected source stand for, before the rules of the package: see [Connectors](connectors.md#channels).',
        },
        'usage_events': {
            'default': [], 'shown': 'any event',
            'rule': names,
            'means': 'The events that make a user active.',
        },
        'activation_event': {
            'default': none, 'in_demo': 'menu_published',
            'rule': {'kind': 'text', 'must_be': 'the name of an event'},
            'means': 'The event that activates a new customer. Without it there is no `activation_rate`.',
        },
        'activation_days': {
            'default': 14,
            'rule': days,
            'means': 'Within how many days of the first day that event must come.',
        },
        'health_baseline_periods': {
            'default': none,
            'rule': {'kind': 'whole number', 'least': 6, 'most': 10000, 'must_be': 'a whole number of periods, 6 or more'},
            'means': 'So many first points of a series give its limits for good, as on an XmR chart. Without it, the points before each point do.',
        },
        'on_track_gap': {
            'default': -0.1,
            'rule': gap,
            'means': "A key result is `on_track` if its progress isn't further behind what was expected than this.",
        },
        'at_risk_gap': {
            'default': -0.3,
            'rule': gap,
            'means': 'It is `at_risk` down to here, and `off_track` below.',
        },
        'odds_against': {
            'default': 0.3,
            'rule': share,
            'means': 'What is on track by its pace and less likely to be met than this is `at_risk`. A milestone is `off_track` below this confidence.',
        },
        'odds_in_favour': {
            'default': 0.7,
            'rule': share,
            'means': 'What is off track by its pace and more likely to be met than this is `at_risk`. A milestone is `at_risk` below this confidence.',
        },
        'custom_kpis': {
            'default': [],
            'rule': 'models',
            'means': 'Models of yours that hold KPIs: see [KPIs of your own](custom-kpis.md).',
        },
        'lookback_days': {
            'default': none,
            'rule': dict(days, must_be='a whole number of days, or null to read all rows in each build'),
            'means': 'How many days late a row can come, if events, touches, orders or order lines are many: see [Large inputs](large-inputs.md).',
        },
        'publish_to': {
            'default': none,
            'rule': 'places to publish',
            'means': 'Where the public tables are copied to for readers, after each whole build that ended well; on Spark the name of a schema: see [Read while it builds](publishing.md).',
        },
        'history_format': {
            'default': none,
            'rule': {'kind': 'choice', 'of': ['delta', 'iceberg', 'hudi']},
            'means': 'On Spark: the table format in which snapshots are kept. Without it there are none.',
        },
        'alert_days': {
            'default': 31,
            'rule': dict(days, least=1, must_be='a whole number of days, 1 to 36500'),
            'means': '`okr__alerts` holds the events of so many days.',
        },
        'link': {
            'default': none,
            'rule': {'kind': 'text', 'pattern': 'https?://[^\s<>|#"\'\\\\]+', 'must_be': 'an address such as https://bi.example.com/okr without # or quotes, or null'},
            'means': 'The address of the dashboard, for the links of `okr__alerts`.',
        },
        'semantic_layer': {
            'shown': false,
            'rule': switch,
            'means': 'Whether there are semantic models and metrics for MetricFlow: see [Semantic layer](semantic-layer.md).',
        },
        'time_spine': {
            'shown': true,
            'rule': switch,
            'means': 'Whether the semantic layer brings a time spine of its own.',
        },
    }) }}
{%- endmacro %}

{# The rule of a setting, with the lists in place that other macros hold. #}
{% macro setting_rule(name) -%}
    {%- set rule = settings()[name].rule -%}
    {#- the name of a model, a seed, a snapshot or a source -#}
    {%- set model = {
        'kind': 'text', 'pattern': '[^.\s\'"(){}]+([.][^.\s\'"(){}]+)?',
        'must_be': 'the name of a model, a seed or a snapshot, or source.table',
    } -%}
    {%- if rule == 'models' -%}
        {{ return({'list': model, 'must_be': 'a list of names of models'}) }}
    {%- elif rule == 'inputs' -%}
        {%- set source = {'kind': 'word', 'must_be': 'the name of a source'} -%}
        {%- set must_be = model.must_be ~ ', a list of these, {name of the source: one of these}, or null where it is not mapped' -%}
        {{ return({
            'mapping': dict(model, list=model, mapping=model, names=source, is_nullable=true, must_be=must_be),
            'names': {'kind': 'choice', 'of': input_contract() | list},
            'must_be': 'a mapping of inputs to your models, such as {orders: my_orders}',
        }) }}
    {%- elif rule == 'sources' -%}
        {%- set entries = {} -%}
        {%- for source in connectors() -%}
            {%- set may_be = {} -%}
            {%- for name, row in settings_of_source(source).items() -%}
                {%- do may_be.update({name: row.rule}) -%}
            {%- endfor -%}
            {%- set place = {
                'entries': may_be, 'names': {'kind': 'choice', 'of': may_be | list},
                'must_be': 'a mapping of settings of the source (' ~ may_be | join(', ') ~ '), {} where all have their defaults, a list of these where it is in several schemas, or null where it is not read',
            } -%}
            {%- do entries.update({source: dict(place, list=place, is_filled=true, is_nullable=true)}) -%}
        {%- endfor -%}
        {{ return({
            'names': {'kind': 'choice', 'of': entries | list}, 'entries': entries,
            'must_be': 'a mapping of sources to their settings, such as {stripe: {loader: fivetran, schema: stripe}}',
        }) }}
    {%- elif rule == 'rules' -%}
        {#- what each rule of a finding or a conflict may be set to -#}
        {%- set entries = {} -%}
        {%- for row in rule_rows() if row.topic in ['okr_findings', 'input_findings', 'conflicts'] -%}
            {%- set may_be = {'enabled': {'kind': 'switch', 'must_be': 'true or false'}} -%}
            {%- do may_be.update({'severity': {'kind': 'choice', 'of': row.allowed_severities}}) if row.allowed_severities -%}
            {%- do may_be.update({'limit': {'kind': 'number', 'least': 0, 'most': 1000000, 'must_be': 'a number from 0 on'}}) if row.default_limit is not none -%}
            {%- do entries.update({row.rule_id: {
                'entries': may_be, 'names': {'kind': 'choice', 'of': may_be | list}, 'must_be': 'a mapping with ' ~ may_be | join(', '),
            } if not row.stops_always else {
                'kind': 'none', 'must_be': 'left out: with what this rule finds the tables would hold wrong numbers, so the build stops on it in any case',
            }}) -%}
        {%- endfor -%}
        {{ return({
            'names': {'kind': 'choice', 'of': entries | list}, 'entries': entries,
            'must_be': 'a mapping of rules to what is set for them, such as {too_many_objectives: {limit: 5}, vague_words: {enabled: false}}',
        }) }}
    {%- elif rule == 'policies' -%}
        {%- set profile = {'kind': 'choice', 'of': ['standard', 'chartmogul', 'stripe', 'recurly']} -%}
        {%- set entries = {'profile': profile} -%}
        {%- for policy, row in policies().items() -%}
            {%- do entries.update({policy: {
                'kind': 'whole number' if 'a whole number' in row.may_be else 'switch' if true in row.may_be else 'choice',
                'of': row.may_be, 'least': 0, 'most': 36500, 'is_nullable': 'null (any time)' in row.may_be,
                'must_be': row.may_be | map('string') | map('lower') | join(' or '),
            }}) -%}
        {%- endfor -%}
        {{ return(dict(
            profile, entries=entries, names={'kind': 'choice', 'of': entries | list},
            must_be='a profile (' ~ profile.of | join(', ') ~ '), or a mapping of profile and policies',
        )) }}
    {%- elif rule == 'places to publish' -%}
        {%- set places = adapter.dispatch('publish_targets', 'okr_metrics')() -%}
        {%- set place = {'kind': 'text', 'pattern': places.pattern, 'must_be': places.text} -%}
        {{ return(dict(place, list=place, is_filled=true)) }}
    {%- elif rule == 'time zone' -%}
        {%- set must_be = 'a name of the time zone database, such as UTC, Europe/Paris, America/New_York' -%}
        {#- dbt's v2 engine has no list of them -#}
        {%- set zones = modules.pytz.all_timezones if modules.pytz.all_timezones is defined -%}
        {{ return({'kind': 'choice', 'of': zones, 'must_be': must_be} if zones else {'kind': 'text', 'must_be': must_be}) }}
    {%- endif -%}
    {%- for part in ['mapping', 'names'] if rule.get(part) and rule[part].of is string -%}
        {%- set of = subscription_statuses() if rule[part].of == 'subscription statuses'
            else inputs_with_a_start() if rule[part].of == 'inputs with a start' else covered_inputs() | list -%}
        {%- set filled = dict(rule, must_be=rule.must_be | replace('{of}', of | join(', '))) -%}
        {%- do filled.update({part: dict(rule[part], of=of)}) -%}
        {{ return(filled) }}
    {%- endfor -%}
    {{ return(rule) }}
{%- endmacro %}

{# dbt run-operation okr_metrics_settings_page: every setting with its default, what it may be and what it means, as a Markdown page. #}
{% macro okr_metrics_settings_page() -%}
    {%- set lines = [
        '# Settings', '',
        'Made by `make catalog` from the rules that check each setting; do not edit.', '',
        'Every setting is a dbt var whose name begins with `okr_metrics_`. It stands under `vars:` itself, under',
        '`vars: okr_metrics:`, or in `--vars`. A value of a wrong type or out of bounds stops with a sentence that says what the',
        'setting may be and which right value is the nearest; a misspelled name stops with the nearest name (the preview of',
        'dbt\'s v2 engine doesn\'t show a package which vars are set, so there it can\'t).', '',
        '| setting | default | may be | |', '|---|---|---|---|',
    ] -%}
    {%- for name, row in settings().items() -%}
        {%- set rule, default = setting_rule(name), row.shown if row.shown is defined else row.get('default') -%}
        {%- set shown = default | join(', ') if default is sequence and default is not string else default -%}
        {%- set cells = [
            '`okr_metrics_' ~ name ~ '`',
            'none' if shown is none or not default and default is not boolean and default is not number else shown | string | lower if shown is boolean else shown,
            (rule.get('must_be') or 'one of: ' ~ rule.of | join(', ')) | replace('https://bi.example.com/okr', '`https://bi.example.com/okr`'),
            row.means,
        ] -%}
        {%- do lines.append('| ' ~ cells | map('replace', '|', '\\|') | join(' | ') ~ ' |') -%}
    {%- endfor -%}
    {{ print(lines | join('\n')) }}
{%- endmacro %}
