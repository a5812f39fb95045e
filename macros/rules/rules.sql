{# Every rule and sentence as a list: topic, rule_id, rule_case, severity, limit, severities (what it may be set to), stops_always, is_on, message, how_to_fix. Those of findings have a severity. #}
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
            {%- do rows.append(dict(entry,
                topic=topic, rule_id=rule_id, rule_case=name.split('.')[1] if '.' in name,
                severity=settings.get('severity', entry.get('severity')), default_limit=entry.get('limit'),
                limit=settings.get('limit', entry.get('limit')), stops_always=rule_id in fixed, is_on=settings.get('enabled', true),
                severities=entry.get('severities') or ['error', 'warning', 'info']
            )) if entry.message -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(rows) }}
{%- endmacro %}

{# The rule of okr_metrics_rules, the setting: what each rule of a finding or a conflict may be set to. #}
{% macro rules_setting_rule() -%}
    {%- set entries = {} -%}
    {%- for row in rule_rows() if row.topic in ['okr_findings', 'input_findings', 'conflicts'] -%}
        {%- set may_be = {'enabled': {'kind': 'switch', 'must_be': 'true or false'}} -%}
        {%- do may_be.update({'severity': {'kind': 'choice', 'of': row.severities}}) if row.severity -%}
        {%- do may_be.update({'limit': {'kind': 'number' if row.default_limit is float else 'whole number', 'least': 0, 'most': 1000000, 'must_be': 'a number from 0 on'}}) if row.default_limit is not none -%}
        {%- set must_be = 'a mapping of ' ~ may_be | join(', ') -%}
        {%- if row.stops_always -%}
            {%- set may_be = {} -%}
            {%- set must_be = 'left out: the build stops on it whatever is set, as the tables would hold wrong numbers' -%}
        {%- endif -%}
        {%- do entries.update({row.rule_id: {'entries': may_be, 'names': {'kind': 'choice', 'of': may_be | list}, 'must_be': must_be} if may_be else {'kind': 'none', 'must_be': must_be}}) -%}
    {%- endfor -%}
    {{ return({
        'names': {'kind': 'choice', 'of': entries | list}, 'entries': entries,
        'must_be': 'a mapping of rule ids to what is set for them, such as {too_many_objectives: {limit: 5}}',
    }) }}
{%- endmacro %}
