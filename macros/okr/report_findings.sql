{# After int_okr__findings: where the gate isn't part of the run, prints every finding and stops on an error. That is the lint. #}
{% macro report_findings() -%}
    {%- if execute and flags.WHICH in ('build', 'run') and 'model.okr_metrics.int_okr__gate' not in selected_resources -%}
        {%- set lines = ['', 'Findings on the OKRs'] -%}
        {%- set counts = {'error': 0, 'warning': 0, 'info': 0} -%}
        {%- for finding in findings(this) -%}
            {%- do lines.append('  ' ~ finding.severity ~ ': ' ~ finding_text(finding)) -%}
            {%- do counts.update({finding.severity: counts[finding.severity] + 1}) -%}
        {%- endfor -%}
        {%- set summary = counts.error ~ ' error(s), ' ~ counts.warning ~ ' warning(s), ' ~ counts.info ~ ' info' -%}
        {{ print(lines | join('\n') ~ '\n  ' ~ summary) }}
        {%- if counts.error -%}
            {{ exceptions.raise_compiler_error('okr_metrics: the OKRs have ' ~ counts.error ~ ' error(s), printed above.') }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# The rows of a table of findings, the worst first; none where nothing is built. #}
{% macro findings(relation) -%}
    {%- if not execute or flags.WHICH not in ('build', 'run') -%}
        {{ return([]) }}
    {%- endif -%}
    {{ return(run_query(
        'select rule_id, severity, object, message, how_to_fix from ' ~ relation
        ~ " order by case severity when 'error' then 1 when 'warning' then 2 else 3 end, object, message"
    ).rows) }}
{%- endmacro %}

{# A finding as one line for a reader. #}
{% macro finding_text(finding) -%}
    {{ return(finding.object ~ ': ' ~ finding.message ~ '. ' ~ finding.how_to_fix ~ ' [' ~ finding.rule_id ~ ']') }}
{%- endmacro %}
