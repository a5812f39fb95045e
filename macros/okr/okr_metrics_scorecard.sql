{# dbt run-operation okr_metrics_scorecard: how far each key result is, as a table on the terminal. #}
{% macro okr_metrics_scorecard() -%}
    {%- set rows = run_query(
        'select objective_name, cycle_name, key_result_id, key_result_name, actual_value, target_value, lower_bound, upper_bound, score, status, unit'
        ~ ' from ' ~ ref('okr_metrics', 'okr__key_result_attainment') ~ ' order by due_date desc, objective_id, key_result_id'
    ).rows -%}
    {%- set lines = ['', 'Key results on ' ~ setting('as_of_date') ~ ' (money in ' ~ setting('reporting_currency') ~ ')', ''] -%}
    {%- do lines.append('%-6s %-58s %10s %13s  %-16s %s' | format('', 'key result', 'actual', 'target', 'progress', 'status')) -%}
    {%- set objective = namespace(name='') -%}
    {%- for row in rows -%}
        {%- set target -%}
            {%- if row.lower_bound is not none and row.upper_bound is not none -%}
                {{ scorecard_value(row.lower_bound, row.unit) }} - {{ scorecard_value(row.upper_bound, row.unit) }}
            {%- elif row.lower_bound is not none -%} >= {{ scorecard_value(row.lower_bound, row.unit) }}
            {%- elif row.upper_bound is not none -%} <= {{ scorecard_value(row.upper_bound, row.unit) }}
            {%- else -%} {{ scorecard_value(row.target_value, row.unit) }}
            {%- endif -%}
        {%- endset -%}
        {%- if row.objective_name ~ row.cycle_name != objective.name -%}
            {%- set objective.name = row.objective_name ~ row.cycle_name -%}
            {%- do lines.extend(['', row.objective_name ~ ' (' ~ row.cycle_name ~ ')']) -%}
        {%- endif -%}
        {%- do lines.append('%-6s %-58s %10s %13s  %-16s %s' | format(
            row.key_result_id, row.key_result_name[:58], scorecard_value(row.actual_value, row.unit), target | trim,
            scorecard_bar(row.score), row.status
        )) -%}
    {%- endfor -%}
    {%- do lines.extend(['', 'The tables are in ' ~ (target_location()) ~ ': okr__key_result_attainment says why, kpi__values holds the KPIs.']) -%}
    {{ print(lines | join('\n')) }}
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
