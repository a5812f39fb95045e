{# What each source can feed, by name: the inputs, and the settings that it has beside those of every source, each with its default, rule and meaning.
   has_local_ids: another account of the source has the same ids. feeds_unless: {input: {setting: the value with which the source doesn't feed it}}.
   Billing systems stand before shops, as a customer of both has the id of the first. #}
{% macro connectors() -%}
    {%- set key = {'kind': 'text', 'pattern': '[A-Za-z0-9_ -]+', 'must_be': 'a key of the metadata, such as company_size'} -%}
    {%- set property = {'kind': 'text', 'pattern': '[A-Za-z0-9_]+', 'must_be': 'the name of a property, such as stripe_customer_id'} -%}
    {#- the channel is what spend is compared by with customers and touches -#}
    {%- set ads = {
        'inputs': ['marketing_spend'],
        'loaders': ['fivetran', 'airbyte'],
        'settings': {
            'channel': {
                'default': none, 'shown': 'by the rules', 'rule': {'kind': 'text', 'must_be': 'the name of a channel'},
                'means': 'The channel of this spend, as touches and customers call it.',
            },
        },
    } -%}
    {%- set home_currency = {
        'default': none, 'shown': 'the reporting currency',
        'rule': {'kind': 'text', 'pattern': '[A-Z]{3}', 'must_be': 'an ISO 4217 code such as EUR'},
        'means': 'The currency of the books.',
    } -%}
    {%- set quickbooks_settings = {
        'categories': categories_of_accounts('the name, the sub type or the type of an account', 'PayrollExpenses'),
        'home_currency': home_currency,
    } -%}
    {%- set xero_accounts = categories_of_accounts('the name, the code, the type or the class of an account', 'WAGESEXPENSE') -%}
    {%- set match_by = {
        'default': ['external_id', 'email'], 'shown': 'external_id, email',
        'rule': {'list': {'kind': 'choice', 'of': ['external_id', 'email', 'domain']}, 'must_be': 'a list of external_id, email and domain'},
        'means': 'What a row\'s customer is found by; the first that finds one decides.',
    } -%}
    {{ return({
        'stripe': {
            'inputs': ['customers', 'subscriptions', 'orders', 'order_lines', 'refunds'],
            'feeds_unless': {'orders': {'one_off_sales': false}, 'order_lines': {'one_off_sales': false}},
            'loaders': ['fivetran', 'airbyte', 'dlt'],
            'settings': {
                'plan_name': {
                    'default': 'product', 'rule': {'kind': 'choice', 'of': ['product', 'price_nickname', 'price_id']},
                    'means': 'What the plan of a subscription is called by.',
                },
                'segment_key': {
                    'default': none, 'rule': key,
                    'means': 'The key of a customer\'s metadata that holds the segment.',
                },
                'customer_id_key': {
                    'default': none, 'rule': key,
                    'means': 'The key of a customer\'s metadata that holds the id which other sources know the customer by.',
                },
                'match_by': match_by,
                'discounts': {
                    'default': 'net', 'rule': {'kind': 'choice', 'of': ['net', 'gross']},
                    'means': 'Whether coupons are taken off the amount of a subscription.',
                },
                'one_off_sales': {
                    'default': false, 'rule': {'kind': 'switch', 'must_be': 'true or false'},
                    'means': 'Whether lines of invoices that are of no subscription are orders.',
                },
            },
        },
        'recurly': {'inputs': ['customers', 'subscriptions'], 'loaders': ['fivetran', 'airbyte'], 'settings': {'match_by': match_by}},
        'chargebee': {
            'inputs': ['customers', 'subscriptions'],
            'loaders': ['fivetran', 'airbyte'],
            'has_local_ids': true,
            'settings': {
                'match_by': match_by,
                'discounts': {
                    'default': 'net', 'rule': {'kind': 'choice', 'of': ['net', 'gross']},
                    'means': 'Whether coupons and discounts are taken off the amount of a subscription.',
                },
            },
        },
        'shopify': {
            'inputs': ['customers', 'orders', 'order_lines', 'refunds'],
            'loaders': ['fivetran', 'airbyte', 'dlt'],
            'settings': {
                'order_date': {
                    'default': 'processed_at', 'rule': {'kind': 'choice', 'of': ['processed_at', 'created_at']},
                    'means': 'The moment of an order.',
                },
                'category': {
                    'default': 'product_type', 'rule': {'kind': 'choice', 'of': ['product_type', 'vendor']},
                    'means': 'What the category of a line is.',
                },
                'match_by': match_by,
                'include_shipping': {
                    'default': false, 'rule': {'kind': 'switch', 'must_be': 'true or false'},
                    'means': 'Whether what is paid for shipping is a line of the order.',
                },
            },
        },
        'google_ads': ads,
        'facebook_ads': ads,
        'linkedin_ads': ads,
        'microsoft_ads': ads,
        'quickbooks': {
            'inputs': ['operating_expenses', 'ledger_revenue'],
            'has_local_ids': true,
            'settings': quickbooks_settings,
        },
        'quickbooks_ledger': {'inputs': ['operating_expenses', 'ledger_revenue'], 'settings': quickbooks_settings},
        'xero': {
            'inputs': ['operating_expenses', 'ledger_revenue'],
            'settings': {
                'categories': xero_accounts,
                'department': {
                    'default': 'Department', 'rule': {'kind': 'text', 'must_be': 'the name of a tracking category'},
                    'means': 'The tracking category whose option is the department of a line.',
                },
            },
        },
        'xero_ledger': {
            'inputs': ['operating_expenses', 'ledger_revenue'],
            'settings': {'categories': xero_accounts, 'home_currency': home_currency},
        },
        'zendesk': {
            'inputs': ['support_tickets', 'survey_responses'],
            'loaders': ['fivetran', 'airbyte'],
            'has_local_ids': true,
            'settings': {
                'match_by': match_by,
                'solved': {
                    'default': 'first', 'rule': {'kind': 'choice', 'of': ['first', 'last']},
                    'means': 'Which of several times a ticket was solved counts.',
                },
            },
        },
        'tiktok_ads': ads,
        'funnel': {
            'inputs': ['marketing_spend'],
            'settings': dict(ads.settings, **{
                'table': {
                    'default': 'funnel_data', 'rule': {'kind': 'text', 'pattern': '[A-Za-z0-9_]+', 'must_be': 'the name of a table'},
                    'means': 'The table of the export.',
                },
                'columns': {
                    'default': {}, 'shown': 'as below', 'rule': {
                        'mapping': dict(key, must_be='the name of a column of the export'),
                        'names': {'kind': 'choice', 'of': ['date', 'traffic_source', 'media_type', 'campaign', 'cost', 'currency', 'impressions', 'clicks']},
                        'must_be': 'a mapping such as {cost: spend_eur, campaign: campaign_name}',
                    },
                    'means': 'What the columns are called that aren\'t called as below.',
                },
                'currency': {
                    'default': none, 'rule': {'kind': 'text', 'pattern': '[A-Z]{3}', 'must_be': 'the code of a currency, such as EUR'},
                    'means': 'The currency of what names none.',
                },
            }),
        },
        'intercom': {
            'inputs': ['support_tickets', 'survey_responses'], 'loaders': ['fivetran', 'airbyte'], 'has_local_ids': true,
            'settings': {'match_by': match_by},
        },
        'hubspot': {
            'inputs': ['customers'],
            'loaders': ['fivetran', 'airbyte'],
            'has_local_ids': true,
            'feeds_unless': {'customers': {'customers': 'known'}},
            'settings': {
                'record': {
                    'default': 'company', 'rule': {'kind': 'choice', 'of': ['company', 'contact']},
                    'means': 'Which record is a customer.',
                },
                'customers': {
                    'default': 'known', 'rule': {'kind': 'choice', 'of': ['known', 'won', 'all']},
                    'means': 'Whom it is a source of customers for.',
                },
                'customer_id_property': {
                    'default': none, 'rule': property,
                    'means': 'The property that holds the id of the customer in another source.',
                },
                'segment_property': {
                    'default': none, 'rule': property,
                    'means': 'The property that holds the segment.',
                },
                'match_by': match_by,
            },
        },
        'ga4': {'inputs': ['product_events', 'marketing_touches'], 'settings': {'match_by': match_by}},
        'segment': {'inputs': ['product_events', 'marketing_touches'], 'settings': {'match_by': match_by}},
    }) }}
{%- endmacro %}

{# The setting of a ledger that says what its accounts are to us. #}
{% macro categories_of_accounts(names, example) -%}
    {{ return({
        'default': {}, 'rule': {
            'mapping': {'kind': 'text', 'is_nullable': true, 'must_be': 'a category, or null where it is not read'},
            'names': {'kind': 'text', 'must_be': names},
            'must_be': 'a mapping of accounts (' ~ names ~ ') to categories, such as {' ~ example ~ ': payroll}',
        },
        'means': 'The categories of accounts, beside those below.',
    }) }}
{%- endmacro %}

{# The settings that every source has. #}
{% macro settings_of_every_source(inputs, loaders=['fivetran']) -%}
    {{ return({
        'loader': {
            'default': 'fivetran', 'rule': {'kind': 'choice', 'of': loaders},
            'means': 'What loads the raw tables.',
        },
        'schema': {
            'shown': 'the name of the source', 'rule': {'kind': 'text', 'must_be': 'the name of a schema'},
            'means': 'The schema of the raw tables.',
        },
        'database': {
            'shown': 'that of the target', 'rule': {'kind': 'text', 'must_be': 'the name of a database'},
            'means': 'Their database.',
        },
        'except': {
            'default': [], 'rule': {'list': {'kind': 'choice', 'of': inputs}, 'must_be': 'a list of inputs'},
            'means': 'Inputs that the source doesn\'t feed: leave them out, or map a model of yours.',
        },
    }) }}
{%- endmacro %}

{# All settings of a source. #}
{% macro settings_of_source(source) -%}
    {%- set connector = connectors()[source] -%}
    {{ return(dict(settings_of_every_source(connector.inputs, connector.get('loaders', ['fivetran'])), **connector.settings)) }}
{%- endmacro %}

{# The value of a setting of a source: what is given, else the default, else (a schema) the name of the source. #}
{% macro source_setting(source, name) -%}
    {{ return(named_sources().get(source, {}).get(name, settings_of_source(source)[name].get('default', source))) }}
{%- endmacro %}

{# The sources that okr_metrics_sources names, with their settings as given; a wrong name stops with the valid ones, and int_kpi__inputs checks the rest. Of a list, the settings
   of its first place: the others differ in schema and database alone. #}
{% macro named_sources() -%}
    {%- set given, named = var('okr_metrics_sources', none) or {}, {} -%}
    {%- if given -%}
        {%- if given is not mapping or given | reject('in', connectors()) | list -%}
            {%- do check_setting('sources', given) -%}
        {%- endif -%}
        {%- for source, settings in given.items() if settings is not none -%}
            {%- set places = [settings] if settings is mapping or settings is string else settings | list -%}
            {%- if places | reject('mapping') | list or places == [] -%}
                {%- do check_setting('sources', given) -%}
            {%- endif -%}
            {%- do named.update({source: places[0]}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(named) }}
{%- endmacro %}

{# Where the raw tables of a source are, as [{schema, database}], the first place first: two shops have two. #}
{% macro source_places(source, sources=none) -%}
    {%- set given, places = (sources or var('okr_metrics_sources', none) or {}).get(source) or {}, [] -%}
    {%- for place in ([given] if given is mapping else given) -%}
        {%- do places.append({'schema': place.get('schema', source), 'database': place.get('database')}) -%}
    {%- endfor -%}
    {{ return(places) }}
{%- endmacro %}

{# Whether a source feeds an input. #}
{% macro feeds(source, input) -%}
    {%- set named = named_sources() -%}
    {%- if source not in named or input not in connectors()[source].inputs or input in (named[source].get('except') or []) -%}
        {{ return(false) }}
    {%- endif -%}
    {%- for setting, value in connectors()[source].get('feeds_unless', {}).get(input, {}).items() if source_setting(source, setting) == value -%}
        {{ return(false) }}
    {%- endfor -%}
    {{ return(true) }}
{%- endmacro %}

{# {the connector's model: its source} for an input. #}
{% macro connector_models(input) -%}
    {%- set models = {} -%}
    {%- for source in named_sources() if feeds(source, input) -%}
        {%- do models.update({'con_' ~ source ~ '__' ~ input: source}) -%}
    {%- endfor -%}
    {{ return(models) }}
{%- endmacro %}

{# Whether a mapped name is that of a connector's model, which is this package's. #}
{% macro is_connector_model(name) -%}
    {{ return('__' in name and name in connector_models(name.split('__', 1)[1])) }}
{%- endmacro %}
