{# What the doctor says of sources: lines of each named one (its raw tables with rows, first and last day), those of schemas that look like a source which isn't named, and
   what keeps a named one from being read. #}
{% macro doctor_on_sources() -%}
    {%- set said = {'named': [], 'unnamed': [], 'problems': missing_sources()} -%}
    {%- for source_name in named_sources() -%}
        {%- for tables in raw_tables(source_name) -%}
            {%- set words, place, counts = [], source_places(source_name)[loop.index0], [] -%}
            {%- for table, relation in tables.items() -%}
                {%- if relation -%}
                    {%- set counted = rows_and_days(relation) -%}
                    {%- do words.append(table ~ ' (' ~ counted ~ ')') -%}
                    {%- set test_rows = rows_of_test_mode(source_name, table, relation) -%}
                    {%- if test_rows.are_all -%}
                        {%- do said.problems.append(
                            'okr_metrics_sources.' ~ source_name ~ ': all ' ~ test_rows.rows ~ ' rows of ' ~ relation ~ ' are test data, which is left out. Load the live account.'
                        ) -%}
                    {%- endif -%}
                {%- else -%}
                    {%- do words.append(table ~ ' (absent)') -%}
                {%- endif -%}
            {%- endfor -%}
            {%- do said.named.append('  ' ~ source_name ~ ' in ' ~ place.schema ~ ', as ' ~ source_setting(source_name, 'loader') ~ ' loads it: ' ~ words | join(', ')) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for schema, found in recognised_schemas().items() -%}
        {%- do said.unnamed.append('  the schema ' ~ schema ~ ' looks like ' ~ found.source ~ ', as ' ~ found.loader ~ ' loads it. To read it: okr_metrics_sources: {'
            ~ found.source ~ ': {loader: ' ~ found.loader ~ ', schema: ' ~ schema ~ '}}') -%}
    {%- endfor -%}
    {{ return(said) }}
{%- endmacro %}

{# The rows of a raw table, with their first and last day where a column of theirs tells it. #}
{% macro rows_and_days(relation) -%}
    {%- set present = columns_of(relation) -%}
    {%- set days = [
        'created', 'created_at', 'processed_at', 'date', 'date_day', 'day', 'timestamp', 'time_period', 'transaction_date', 'journal_date', 'stat_time_hour', 'stat_time_day',
        'segments_date', 'date_start', 'start_date', 'timeperiod', 'updated_at',
    ] | select('in', present) | list -%}
    {%- set column = raw_column(days[0]) if days else 'null' -%}
    {%- set row = run_query('select count(*), cast(min(' ~ column ~ ') as ' ~ dbt.type_string() ~ '), cast(max(' ~ column ~ ') as ' ~ dbt.type_string() ~ ') from ' ~ relation).rows[0] -%}
    {%- set ends = [] -%}
    {%- for value in [row[1], row[2]] if value -%}
        {#- seconds since 1970 -#}
        {%- do ends.append((modules.datetime.datetime(1970, 1, 1) + modules.datetime.timedelta(seconds=value | int)).strftime('%Y-%m-%d') if modules.re.fullmatch('[0-9]{9,10}', value) else value[:10]) -%}
    {%- endfor -%}
    {{ return(row[0] ~ ' rows' ~ (', ' ~ ends | join(' to ') if ends else '')) }}
{%- endmacro %}

{# Whether all rows of a raw table are of a test mode: {are_all, rows}; of the tables that say so of each row. #}
{% macro rows_of_test_mode(source_name, table, relation) -%}
    {%- set flag, value = {'stripe': ('livemode', 'false'), 'shopify': ('test', 'true'), 'xero': ('is_demo_company', 'true')}.get(source_name, (none, none)) -%}
    {%- if not flag or flag not in columns_of(relation) -%}
        {{ return({'are_all': false}) }}
    {%- endif -%}
    {%- set row = run_query(
        'select count(*), sum(case when cast(' ~ flag ~ ' as ' ~ dbt.type_boolean() ~ ') = ' ~ value ~ ' then 1 else 0 end) from ' ~ relation
    ).rows[0] -%}
    {{ return({'are_all': row[0] > 0 and row[0] == row[1], 'rows': row[0]}) }}
{%- endmacro %}

{# {schema of the target's database: the source and loader whose tables it has}, without those that are named. #}
{% macro recognised_schemas() -%}
    {%- set signs = {
        'stripe': {'fivetran': ['subscription_item', 'invoice_line_item'], 'airbyte': ['subscription_items', 'invoices'], 'dlt': ['subscription__items__data']},
        'recurly': {'fivetran': ['subscription_history', 'account_history', 'plan_history']},
        'chargebee': {'fivetran': ['subscription_item', 'item_price']},
        'shopify': {'fivetran': ['order', 'order_line'], 'airbyte': ['orders', 'order_refunds'], 'dlt': ['orders__line_items']},
        'google_ads': {'fivetran': ['campaign_stats', 'campaign_history'], 'airbyte': ['campaign', 'account_performance_report']},
        'facebook_ads': {'fivetran': ['basic_ad', 'ad_history'], 'airbyte': ['ads_insights']},
        'linkedin_ads': {'fivetran': ['ad_analytics_by_campaign'], 'airbyte': ['ad_campaign_analytics']},
        'microsoft_ads': {'fivetran': ['campaign_performance_daily_report'], 'airbyte': ['campaign_performance_report_daily']},
        'tiktok_ads': {'fivetran': ['campaign_report_hourly', 'campaign_history'], 'airbyte': ['campaigns_reports_daily', 'advertisers']},
        'quickbooks': {'fivetran': ['bill_line', 'journal_entry_line']},
        'xero': {'fivetran': ['journal_line', 'account']},
        'hubspot': {'fivetran': ['contact', 'deal']},
        'zendesk': {'fivetran': ['ticket', 'ticket_comment'], 'airbyte': ['tickets', 'ticket_metrics']},
        'intercom': {'fivetran': ['conversation_history', 'conversation_part_history'], 'airbyte': ['conversations', 'conversation_parts']},
        'segment': {'fivetran': ['tracks', 'identifies']},
    } -%}
    {%- set named, found = [], {} -%}
    {%- for source_name in named_sources() -%}
        {%- for place in source_places(source_name) -%}
            {%- do named.append(place.schema | lower) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for row in list_schemas(target.database).rows -%}
        {%- set schema = row[0] -%}
        {%- if schema | lower not in named + ['information_schema', 'pg_catalog', target.schema | lower] -%}
            {%- for source_name, loaders in signs.items() if schema not in found -%}
                {%- for loader, tables in loaders.items() -%}
                    {%- set absent = [] -%}
                    {%- for table in tables if adapter.get_relation(target.database, schema, table) is none -%}
                        {%- do absent.append(table) -%}
                    {%- endfor -%}
                    {%- do found.update({schema: {'source': source_name, 'loader': loader}}) if not absent -%}
                {%- endfor -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
