{# dbt run-operation okr_metrics_doctor: what is mapped, what is missing, and what that disables. #}
{% macro okr_metrics_doctor() -%}
    {%- set mapping = input_mapping() -%}
    {%- set disables = {
        'customers': 'the dimensions country, segment and acquisition_channel are all unknown; no check that a customer exists',
        'orders': 'order revenue, refunds, average_order_value, repeat_purchase_rate; customers by orders',
        'order_lines': 'the same as orders: both are needed',
        'refunds': 'refunds and refund_rate; net_revenue is before refunds',
        'subscriptions': 'kpi__subscriptions, subscription revenue, ltv',
        'marketing_spend': 'cac, cac_payback_months, ltv_to_cac, contribution_profit and its margin',
        'marketing_touches': 'attribution by touches; new customers count in customers.acquisition_channel',
        'operating_expenses': 'operating_expenses, operating_income and its margin, fully_loaded_cac, kpi__efficiency; ledger costs of revenue',
        'ledger_revenue': 'kpi__ledger_reconciliation',
        'product_events': 'kpi__usage: active users, stickiness, activation_rate',
        'survey_responses': 'nps and csat',
        'support_tickets': 'tickets_opened and median_resolution_hours',
        'customer_links': 'ids of a connected source are taken for ids of customers; tickets have the customer that their help desk names',
        'exchange_rates': 'rows in another currency than the reporting one are rejected',
        'calendar': 'months, quarters and years are those of the Gregorian calendar and of okr_metrics_fiscal_year_start_month',
        'kpi_targets': 'healthy ranges: kpi__health has its limits alone',
        'okr_cycles': 'all okr__ tables',
        'okr_objectives': 'all okr__ tables',
        'okr_key_results': 'all okr__ tables',
        'okr_key_result_targets': 'all okr__ tables',
        'okr_phased_targets': 'expected_progress follows elapsed_share',
        'okr_check_ins': 'confidence, and key results of metric_type milestone',
        'okr_guardrails': 'okr__guardrails is empty, guardrail_breached is null',
        'okr_events': 'kpi__annotations is empty: no reason of health names a cause',
        'okr_rule_exceptions': 'no object is excepted from a rule',
        'kpi_tree': 'okr__conflicts has no rule kpi_tree',
    } -%}
    {%- set lines = ['okr_metrics doctor', '', 'Mapped inputs'] -%}
    {%- for input, names in mapping.items() -%}
        {%- do lines.append('  ' ~ input ~ ': ' ~ names | join(', ') ~ (', named ' ~ source_names(input) | join(', ') if source_names(input) != names else '')) -%}
    {%- endfor -%}
    {%- set sources = doctor_on_sources() -%}
    {%- for part, title in {
        'named': 'Raw tables of the named sources; one that is absent is read as an empty one',
        'unnamed': 'Sources that are there and not named',
    }.items() if sources[part] -%}
        {%- do lines.extend(['', title]) -%}
        {%- do lines.extend(sources[part]) -%}
    {%- endfor -%}
    {%- do lines.extend(['', 'Mapped inputs that nothing reads, or that have no row']) -%}
    {%- set findings, unread = missing_columns(mapping), unread_inputs() -%}
    {%- set unseen = findings | selectattr('unseen') | map(attribute='name') | list -%}
    {%- set useless = [] -%}
    {%- for input, names in mapping.items() -%}
        {%- if input in unread -%}
            {%- do useless.append(input ~ ': nothing reads it. ' ~ rule_of('input_findings', 'unread_input.' ~ unread[input]).how_to_fix.en) -%}
        {%- endif -%}
        {#- rows are counted where the relation exists -#}
        {%- for name in names if name not in unseen -%}
            {%- if run_query('select count(*) from ' ~ input_relation(name)).rows[0][0] == 0 -%}
                {%- do useless.append(input ~ ": '" ~ name ~ "' has no row. Look for a join or a filter that loses every row.") -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for line in useless or ['(none)'] -%}
        {%- do lines.append('  ' ~ line) -%}
    {%- endfor -%}
    {%- do lines.extend(['', 'Inputs that are not mapped, and what is off without them']) -%}
    {%- for input in input_contract() if input not in mapping -%}
        {%- do lines.append('  ' ~ input ~ ': ' ~ disables[input]) -%}
    {%- endfor -%}
    {%- if input_contract() | reject('in', mapping) | list | length == 0 -%}
        {%- do lines.append('  (none)') -%}
    {%- endif -%}
    {%- if not marts_are_on() -%}
        {%- do lines.append('  No KPI and no key result is measured yet: map subscriptions, or orders and order_lines, or name marts of your own in okr_metrics_custom_kpis.') -%}
    {%- endif -%}
    {%- do lines.extend(['', 'Money as it is mapped']) -%}
    {%- for line in doctor_on_money(unseen) or ['(none)'] -%}
        {%- do lines.append('  ' ~ line) -%}
    {%- endfor -%}
    {%- do lines.extend(['', 'What the KPIs rest on']) -%}
    {%- for rests_on, kpis in what_kpis_rest_on().items() -%}
        {%- do lines.append('  ' ~ rests_on ~ ': ' ~ kpis | join(', ')) -%}
    {%- endfor -%}
    {%- for problem in sources.problems -%}
        {%- do lines.extend(['', problem]) -%}
    {%- endfor -%}
    {%- for part, title in {
        'unseen': 'Mapped relations that are not there, or whose columns cannot be looked at',
        'required': 'Missing columns',
        'optional': 'Optional columns that are absent: read as null',
    }.items() -%}
        {%- do lines.extend(['', title]) -%}
        {%- for line in missing_columns_report(findings, part) or ['(none)'] -%}
            {%- do lines.append('  ' ~ line) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do lines.extend(['', 'Dimensions']) -%}
    {%- for name in dimension_names() -%}
        {%- do lines.append('  ' ~ name ~ ': ' ~ dimension_places().get(name, 'the name of what the row comes from')) -%}
    {%- endfor -%}
    {%- do lines.extend(['', 'Settings in force']) -%}
    {%- for name, row in settings().items() if row.default is defined -%}
        {%- do lines.append('  okr_metrics_' ~ name ~ ': ' ~ setting(name)) -%}
    {%- endfor -%}
    {%- do lines.extend(['', 'Policies in force (okr_metrics_policies)']) -%}
    {%- for name in policies() -%}
        {%- do lines.append('  ' ~ name ~ ': ' ~ policy_text(policy(name))) -%}
    {%- endfor -%}
    {{ print(lines | join('\n')) }}
    {#- the exit code of `okr-metrics doctor` hangs on these lines of the log -#}
    {%- set problems = missing_columns_report(findings | rejectattr('is_ephemeral') | list, 'unseen') + missing_columns_report(findings, 'required') -%}
    {%- set unmeasured = [] if marts_are_on() else ['no KPI is measured'] -%}
    {%- for problem in sources.problems + problems + unmeasured -%}
        {%- do log('okr_metrics_doctor has to mend: ' ~ problem) -%}
    {%- endfor -%}
{%- endmacro %}

{# {inputs with the names that they are mapped to: the KPIs that need them}. #}
{% macro what_kpis_rest_on() -%}
    {%- set rest_on = {} -%}
    {%- for mart in kpi_marts() -%}
        {%- for kpi in kpis_of(mart) -%}
            {%- set words = [] -%}
            {%- for entry in kpi.get('needs') or kpi.get('inputs') or {'kpi__subscriptions': ['subscriptions']}.get(mart, []) -%}
                {%- for input in names_of_need(entry) if has_input(input) -%}
                    {%- do words.append(input ~ ' (' ~ source_names(input) | join(', ') ~ ')') -%}
                {%- endfor -%}
            {%- endfor -%}
            {%- set place = words | unique | join(' and ') or mart -%}
            {%- do rest_on.update({place: rest_on.get(place, []) + [kpi.id]}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(rest_on) }}
{%- endmacro %}

{# The median amount of each mapped relation of money, and whether it may be cents: none of the amounts has decimals, and half of them are a thousand and more. #}
{% macro doctor_on_money(unseen) -%}
    {%- set said = [] -%}
    {%- for input, column in {
        'order_lines': 'unit_price', 'subscriptions': 'amount', 'marketing_spend': 'amount', 'operating_expenses': 'amount',
    }.items() -%}
        {%- for name in input_mapping().get(input, []) if name not in unseen and column in columns_of(input_relation(name)) -%}
            {%- set from = ' from ' ~ input_relation(name) ~ ' where ' ~ column ~ ' is not null' -%}
            {%- set counted = run_query('select count(*), sum(case when ' ~ column ~ ' = floor(' ~ column ~ ') then 1 else 0 end)' ~ from).rows[0] -%}
            {%- if counted[0] > 0 -%}
                {%- set median = run_query('select ' ~ column ~ from ~ ' order by ' ~ column ~ ' limit 1 offset ' ~ (counted[0] // 2) | int).rows[0][0] -%}
                {%- do said.append(
                    input ~ ' (' ~ name ~ '): the median ' ~ column ~ ' is ' ~ '%.2f' | format(median | float)
                    ~ ('; no amount has decimals: if these are cents, divide them by 100' if counted[0] == counted[1] and median | float >= 1000 else '')
                ) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(said) }}
{%- endmacro %}
