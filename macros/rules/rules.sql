{# Every rule and sentence as a list of topic, rule_id, rule_case, severity, allowed_severities, limit, stops_always, is_on, and message and how_to_fix by language. Those of findings have a severity. #}
{% macro rule_rows() -%}
    {%- set rows = [] -%}
    {%- for topic in rule_topics() if topic not in ['words', 'objects'] -%}
        {%- set entries = fromyaml(rules_text(topic)) -%}
        {%- set fixed = [] -%}
        {%- for name, entry in entries.items() if entry.get('severity') == 'error' and not entry.get('severities') -%}
            {%- do fixed.append(name.split('.')[0]) -%}
        {%- endfor -%}
        {%- for name, own in entries.items() -%}
            {%- set rule_id = name.split('.')[0] -%}
            {%- set entry = dict(entries.get(rule_id, {}), **own) -%}
            {%- set settings = rule_settings(rule_id) -%}
            {%- do rows.append({
                'topic': topic,
                'rule_id': rule_id,
                'rule_case': name.split('.')[1] if '.' in name else none,
                'severity': settings.get('severity', entry.severity) if 'severity' in entry else none,
                'allowed_severities': (entry.get('severities') or ['error', 'warning', 'info']) if 'severity' in entry and rule_id not in fixed else none,
                'limit': settings.get('limit', entry.get('limit')),
                'default_limit': entry.get('limit'),
                'stops_always': rule_id in fixed,
                'is_on': settings.get('enabled', true),
                'message': entry.message,
                'how_to_fix': entry.get('how_to_fix'),
            }) if 'message' in entry -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(rows) }}
{%- endmacro %}

{# dbt run-operation okr_metrics_rules_page: okr__rules as a Markdown page, from the same rows. #}
{% macro okr_metrics_rules_page() -%}
    {%- set topics = {
        'okr_findings': 'OKRs: `okr__quality`',
        'input_findings': 'Inputs: `kpi__input_findings`',
        'reject_reasons': 'Rows that cannot be used: `kpi__rejected_rows`',
        'conflicts': 'Two key results that cannot both be had: `okr__conflicts`',
    } -%}
    {%- set lines = [
        '# Every rule', '',
        'Made by `make catalog` from the rows of `okr__rules`; do not edit. A name in braces is a place for a figure.',
        '[Rules](rules.md) says how to switch a rule off, how to change its limit or severity, and how to except one row. A',
        'severity in bold stays as it is.',
    ] -%}
    {%- for topic, rows in rule_rows() | groupby('topic') -%}
        {%- set has_fixes = rows | selectattr('how_to_fix') | list | length > 0 -%}
        {%- do lines.extend(['', '## ' ~ topics.get(topic, 'Reasons: ' ~ topic | replace('_', ' ')), '']) -%}
        {%- do lines.extend(['| rule | severity | limit | what it says | how to fix it |', '|---|---|---|---|---|'] if has_fixes else ['| sentence | what it says |', '|---|---|']) -%}
        {%- for row in rows -%}
            {%- set name = '`' ~ row.rule_id ~ '`' ~ (' (' ~ row.rule_case | replace('_', ' ') ~ ')' if row.rule_case else '') -%}
            {%- set severity = '**error**' if row.stops_always and row.severity == 'error' else row.severity or '' -%}
            {%- set limit = row.limit if row.limit is not none else '' -%}
            {%- set message, fix = in_language(row.message), in_language(row.how_to_fix) if row.how_to_fix else '' -%}
            {%- set cells = [name, severity, limit, message, fix] if has_fixes else [name, message] -%}
            {%- do lines.append('| ' ~ cells | map('string') | map('replace', '|', '\\|') | join(' | ') ~ ' |') -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ print(lines | join('\n')) }}
{%- endmacro %}
