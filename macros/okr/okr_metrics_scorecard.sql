{# dbt run-operation okr_metrics_scorecard: how far each key result is, and where it is heading, as a table on the terminal. #}
{% macro okr_metrics_scorecard() -%}
    {%- set rows = run_query(
        'select * from ' ~ ref('okr_metrics', 'okr__key_result_attainment') ~ ' order by due_date desc, objective_id, key_result_id'
    ).rows -%}
    {%- set shape = '%-6s %-58s %10s %13s  %-16s %-10s %10s %5s %5s  %s' -%}
    {%- set lines = ['', 'Key results on ' ~ setting('as_of_date') ~ ' (money in ' ~ setting('reporting_currency') ~ ')', ''] -%}
    {%- do lines.append((shape | format('', 'key result', 'actual', 'target', 'progress', 'status', 'forecast', 'odds', 'luck', '')).rstrip()) -%}
    {%- set objective = namespace(name='') -%}
    {%- for row in rows -%}
        {%- if row.objective_name ~ row.cycle_name != objective.name -%}
            {%- set objective.name = row.objective_name ~ row.cycle_name -%}
            {%- do lines.extend(['', row.objective_name ~ ' (' ~ row.cycle_name ~ ')']) -%}
        {%- endif -%}
        {%- do lines.append((shape | format(
            row.key_result_id, row.key_result_name[:58], scorecard_value(row.actual_value, row.unit), scorecard_target(row) | trim,
            scorecard_bar(row.score), row.status, scorecard_value(row.forecast_value, row.unit),
            scorecard_share(row.probability_met), scorecard_share(row.chance_without_change), scorecard_notes(row)
        )).rstrip()) -%}
    {%- endfor -%}
    {%- do lines.extend([
        '', 'forecast: the value at the due date; odds: the chance that it meets the target, from past errors; luck: the chance without any change.',
        'The tables are in ' ~ (target_location()) ~ ': okr__key_result_attainment says why, okr__quality what to mend, kpi__values holds the KPIs.',
    ]) -%}
    {{ print(lines | join('\n')) }}
{%- endmacro %}

{# What a key result has to reach: its target or its bounds. #}
{% macro scorecard_target(row) -%}
    {%- if row.metric_type == 'cumulative_at_most' -%} <= {{ scorecard_value(row.target_value, row.unit) }}
    {%- elif row.lower_bound is not none and row.upper_bound is not none -%}
        {{ scorecard_value(row.lower_bound, row.unit) }} - {{ scorecard_value(row.upper_bound, row.unit) }}
    {%- elif row.lower_bound is not none -%} >= {{ scorecard_value(row.lower_bound, row.unit) }}
    {%- elif row.upper_bound is not none -%} <= {{ scorecard_value(row.upper_bound, row.unit) }}
    {%- else -%} {{ scorecard_value(row.target_value, row.unit) }}
    {%- endif -%}
{%- endmacro %}

{# A chance in percent. #}
{% macro scorecard_share(share) -%}
    {{ '-' if share is none else '%.0f%%' | format(share * 100) }}
{%- endmacro %}

{# What must be said beside a score that it doesn't show. #}
{% macro scorecard_notes(row) -%}
    {%- set notes = [] -%}
    {%- do notes.append('ended on ' ~ row.ended_on ~ ' (' ~ row.end_reason ~ ')') if row.ended_on is not none -%}
    {%- do notes.append('guardrail breached') if row.guardrail_breached -%}
    {%- do notes.append('restated since') if row.is_restated -%}
    {%- do notes.append('was met, lost again') if row.first_met_date is not none and not row.is_met -%}
    {{ notes | join(', ') }}
{%- endmacro %}

{# A value as a reader expects it: a ratio in percent, money and counts with separators. #}
{% macro scorecard_value(value, unit) -%}
    {%- if value is none -%} -
    {%- elif unit == 'ratio' -%} {{ '%.1f%%' | format(value * 100) }}
    {%- elif unit in ('currency', 'count', none) -%} {{ '{:,.0f}'.format(value) }}
    {%- else -%} {{ '%.2f' | format(value) }}
    {%- endif -%}
{%- endmacro %}

{# A score as a bar of ten cells with its percentage. #}
{% macro scorecard_bar(score) -%}
    {%- if score is none -%} {{ '.' * 10 }}
    {%- else -%}
        {%- set cells = (score * 10) | int -%}
        {{ '#' * cells ~ '.' * (10 - cells) ~ ' %3.0f%%' | format(score * 100) }}
    {%- endif -%}
{%- endmacro %}

{# Where the tables are: the file of an embedded engine, else database and schema. #}
{% macro target_location() -%}
    {{ target.path if target.path else target.database ~ '.' ~ target.schema }}
{%- endmacro %}
