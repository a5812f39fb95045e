{# The columns rule_id, severity, object, message and how_to_fix of a finding by a rule, or by one case of it (rule.case). Where the data decide the case, `cases` has them in order,
   {case: condition}, the last without one. A doubt that can't be mended any more after its last_day is for information from then on. #}
{% macro finding(rule, object, figures={}, cases={}, last_day=none, topic='okr_findings') -%}
    {%- set rule_id = rule.split('.')[0] -%}
    {%- if not execute -%}
        {{ return("'' as rule_id, '' as severity, '' as object, '' as message, '' as how_to_fix") }}
    {%- endif -%}
    {%- set sentences, severities = {}, [] -%}
    {%- for case, condition in (cases or {'': none}).items() -%}
        {%- do sentences.update({rule ~ '.' ~ case if case else rule: condition}) -%}
    {%- endfor -%}
    {%- for sentence in sentences -%}
        {%- set severity = "'" ~ rule_settings(rule_id).get('severity', rule_of(topic, sentence).severity) ~ "'" -%}
        {%- do severities.append('case when ' ~ last_day ~ ' < ' ~ as_of_date() ~ " then 'info' else " ~ severity ~ ' end' if last_day else severity) -%}
    {%- endfor -%}
    {%- set limit = rule_limit(rule_id, topic) -%}
    {%- if limit is not none -%}
        {#- up to ten a sentence may have it in words -#}
        {%- set in_words = in_language(rule_of('words', 'number').get(limit | string, {'en': limit})) -%}
        {%- set figures = dict(figures, limit="'" ~ limit ~ "'", limit_in_words="'" ~ in_words ~ "'") -%}
    {%- endif -%}
    '{{ rule_id }}' as rule_id,
        {{ first_that_holds(sentences.values() | list, severities) }} as severity,
        {{ object }} as object,
        {{ say_case(topic, sentences, figures) }} as message,
        {{ say_case(topic, sentences, figures, 'how_to_fix') }} as how_to_fix
{%- endmacro %}

{# What the project has set for a rule (okr_metrics_rules); check_settings has checked it. #}
{% macro rule_settings(rule_id) -%}
    {%- set given = var('okr_metrics_rules', none) -%}
    {%- set settings = given.get(rule_id) if given is mapping -%}
    {{ return(settings if settings is mapping else {}) }}
{%- endmacro %}

{# The limit of a rule: how many, or how much, is still well. #}
{% macro rule_limit(rule_id, topic='okr_findings') -%}
    {{ return(rule_settings(rule_id).get('limit', rule_of(topic, rule_id).get('limit'))) }}
{%- endmacro %}

{# Findings of a relation after what the project has set, as a select: without the rules that are off; what okr_rule_exceptions excepts is for information, and says until when and why. #}
{% macro findings_as_set(findings, more_columns=[]) -%}
    {%- set fixed = [''] -%}
    {%- for row in rule_rows() if execute and has_input('okr_rule_exceptions') and row.stops_always -%}
        {%- do fixed.append(row.rule_id) -%}
    {%- endfor -%}
    select
        findings.rule_id,
        case when exceptions.rule_id is null then findings.severity else 'info' end as severity,
        findings.object,
        case
            when exceptions.rule_id is null then findings.message
            when exceptions.until is null then {{ say('objects', 'excepted', {'message': 'findings.message', 'reason': 'exceptions.reason'}) }}
            else {{ say('objects', 'excepted.until', {'message': 'findings.message', 'reason': 'exceptions.reason', 'day': day_text('exceptions.until')}) }}
        end as message,
        findings.how_to_fix
        {%- for column in more_columns %},
        findings.{{ column }}
        {%- endfor %}

    from {{ findings }} as findings

    left join (
        select
            rule_id,
            object,
            until,
            reason

        from {{ optional_input('okr_rule_exceptions', {
            'rule_id': dbt.type_string(),
            'object': dbt.type_string(),
            'until': 'date',
            'reason': dbt.type_string(),
            'is_in_force': 'boolean',
        }) }}

        where is_in_force and rule_id not in ('{{ fixed | unique | join("', '") }}')
    ) as exceptions
        on findings.rule_id = exceptions.rule_id
        and findings.object = exceptions.object

    where {{ rule_is_on('findings.rule_id') }}
{%- endmacro %}

{# Whether the project has left a rule on: a condition. #}
{% macro rule_is_on(rule_id) -%}
    {%- set off = [''] -%}
    {%- for name in (var('okr_metrics_rules', none) or {}) if not rule_settings(name).get('enabled', true) -%}
        {%- do off.append(name) -%}
    {%- endfor -%}
    {{ rule_id }} not in ('{{ off | join("', '") }}')
{%- endmacro %}
