{# dbt run-operation okr_metrics_settings_page: every setting with its default, what it may be and what it means, as a Markdown page. #}
{% macro okr_metrics_settings_page() -%}
    {%- set defaults = setting_defaults(of_demo=false) -%}
    {%- do defaults.update({
        'as_of_date': 'yesterday in the reporting time zone', 'policies': 'standard', 'dimensions': 'the standard five', 'data_starts': 'the day of its earliest row',
        'max_input_age_days': 'by its usual gap', 'usage_events': 'any event', 'semantic_layer': false, 'time_spine': true,
    }) -%}
    {%- set lines = [
        '# Settings', '',
        'Made by `make catalog` from the rules that check each setting; do not edit.', '',
        'Every setting is a dbt var whose name begins with `okr_metrics_`. It stands under `vars:` itself, under',
        '`vars: okr_metrics:`, or in `--vars`. A value of a wrong type or out of bounds stops with a sentence that says what the',
        'setting may be and which right value is the nearest; a misspelled name stops with the nearest name (the preview of',
        'dbt\'s v2 engine doesn\'t show a package which vars are set, so there it can\'t).', '',
        '| setting | default | may be | |', '|---|---|---|---|',
    ] -%}
    {%- for name, meaning in setting_meanings().items() -%}
        {%- set rule, default = setting_rule(name), defaults.get(name) -%}
        {%- set shown = default | join(', ') if default is sequence and default is not string else default -%}
        {%- set cells = [
            '`okr_metrics_' ~ name ~ '`',
            'none' if shown is none or not default and default is not boolean and default is not number else shown | string | lower if shown is boolean else shown,
            (rule.get('must_be') or 'one of: ' ~ rule.of | join(', ')) | replace('https://bi.example.com/okr', '`https://bi.example.com/okr`'),
            meaning,
        ] -%}
        {%- do lines.append('| ' ~ cells | map('replace', '|', '\\|') | join(' | ') ~ ' |') -%}
    {%- endfor -%}
    {%- set silent = setting_rules() | list | reject('in', setting_meanings()) | list -%}
    {%- if silent -%}
        {{ exceptions.raise_compiler_error('setting_meanings lacks: ' ~ silent | join(', ')) }}
    {%- endif -%}
    {{ print(lines | join('\n')) }}
{%- endmacro %}

{# What each setting means, in the order of the page. #}
{% macro setting_meanings() -%}
    {{ return({
        'inputs': 'Which of your models each input is read from: see [Map your data](inputs.md).',
        'as_of_date': 'The last complete day. Building as of the same day again gives the same rows.',
        'first_day': 'A row that is dated before this day is rejected.',
        'reporting_currency': 'The currency in which all money is reported.',
        'language': 'The language of the sentences in the marts: messages, reasons, how to fix.',
        'reporting_timezone': 'The time zone in which days begin and end.',
        'period_grains': 'The lengths of period that the marts have.',
        'week_start': 'The first day of a week.',
        'fiscal_year_start_month': 'Years and quarters start with this month. Leave it out if a calendar is mapped.',
        'policies': 'Which definition holds where trusted sources disagree: see [Policies](policies.md).',
        'dimensions': 'Dimensions that you add to the standard five; null switches a standard one off: see [Dimensions](inputs.md#dimensions).',
        'customer_identity': 'What an id is that stands in two sources of customers: see [Two shops, two brands](inputs.md#two-shops-two-brands).',
        'order_statuses': 'Words of `orders.status` beside those of the [list](inputs.md#orders-lines-and-refunds), or moved to the other list.',
        'subscription_statuses': 'Your words for the [status of a subscription](inputs.md#subscriptions).',
        'churn_reason_types': 'The type of your reasons to churn, on top of the common ones.',
        'max_reject_share': 'More rejected rows than this share of an input stop the build.',
        'max_rejected_money_share': 'More rejected money than this share of an input is a warning (`rejected_money`). A row whose amount can\'t be read is taken for a usual one.',
        'data_starts': 'Since when an input is known, if you know better than its earliest row: see [Coverage](kpi-definitions.md#coverage).',
        'max_input_age_days': 'How old the newest row of an input may be before the input has ended: see [Coverage](kpi-definitions.md#coverage).',
        'rules': 'What you change about a rule: whether it is on, its severity, its limit. See [Rules](rules.md#change-a-rule).',
        'max_value_age_days': 'An older value makes a key result `unreliable`.',
        'lapse_days': 'A customer has lapsed after so many days without an order.',
        'ignored_channels': 'Channels such as direct or a payment provider, whose touches are skipped unless a customer has no other.',
        'usage_events': 'The events that make a user active.',
        'activation_event': 'The event that activates a new customer. Without it there is no `activation_rate`.',
        'activation_days': 'Within how many days of the first day that event must come.',
        'health_baseline_periods': 'So many first points of a series give its limits.',
        'on_track_gap': 'A key result is `on_track` if its progress isn\'t further behind what was expected than this.',
        'at_risk_gap': 'It is `at_risk` down to here, and `off_track` below.',
        'custom_kpis': 'Models of yours that hold KPIs: see [KPIs of your own](custom-kpis.md).',
        'lookback_days': 'How many days late a row can come, if events, touches, orders or order lines are many: see [Large inputs](large-inputs.md).',
        'publish_to': 'Where the public tables are copied to for readers, after each whole build that ended well; on Spark the name of a schema: see [Read while it builds](publishing.md).',
        'history_format': 'On Spark: the table format in which snapshots are kept. Without it there are none.',
        'alert_days': '`okr__alerts` holds the events of so many days.',
        'link': 'The address of the dashboard, for the links of `okr__alerts`.',
        'semantic_layer': 'Whether there are semantic models and metrics for MetricFlow: see [Semantic layer](semantic-layer.md).',
        'time_spine': 'Whether the semantic layer brings a time spine of its own.',
    }) }}
{%- endmacro %}
