{# dbt run-operation okr_metrics_scorecard: how far each key result is, and where it is heading, as a table on the terminal. #}
{% macro okr_metrics_scorecard() -%}
    {%- set query %}
    select
        objective_name || ' (' || cycle_name || ')' as heading,
        key_result_id,
        substring(key_result_name, 1, 58) as key_result,
        coalesce(actual_text, '-') as actual,
        coalesce(target_text, '-') as target,
        case
            when score is null then '..........'
            else
                repeat('#', cast(floor(score * 10) as integer)) || repeat('.', 10 - cast(floor(score * 10) as integer))
                || ' ' || {{ percent('score') }}
        end as progress,
        {{ word('status', 'status') }} as status,
        coalesce({{ number_text('forecast_value', 'unit') }}, '-') as forecast,
        coalesce({{ percent('probability_met') }}, '-') as odds,
        coalesce({{ percent('chance_without_change') }}, '-') as luck,
        -- what the score doesn't show
        substring(
            case
                when ended_on is not null
                    then ', ' || {{ say('words', 'scorecard_notes', {
                        'day': day_text('ended_on'), 'reason': word('end_reason', 'end_reason'),
                    }, 'ended') }}
                else ''
            end
            || case when guardrail_breached then ', ' || {{ say('words', 'scorecard_notes', part='guardrail_breached') }} else '' end
            || case when is_restated then ', ' || {{ say('words', 'scorecard_notes', part='restated') }} else '' end
            || case when first_met_date is not null and not is_met then ', ' || {{ say('words', 'scorecard_notes', part='lost_again') }} else '' end
            -- what is to be held need not move
            || case when metric_type in ('increase', 'decrease') and not {{ is_movement('movement_share') }} then ', ' || {{ say('words', 'scorecard_notes', part='noise') }} else '' end,
            3
        ) as notes

    from {{ ref('okr_metrics', 'okr__key_result_attainment') }}

    order by due_date desc, objective_id, key_result_id
    {%- endset -%}
    {%- set texts = rule_of('words', 'scorecard') -%}
    {%- set rows = run_query(query).rows -%}
    {%- set columns = ['key_result_id', 'key_result', 'actual', 'target', 'progress', 'status', 'forecast', 'odds', 'luck', 'notes'] -%}
    {%- set headers, widths = {'heading': none}, {} -%}
    {%- for column in columns -%}
        {%- do headers.update({column: in_language(texts[column])}) -%}
        {%- do widths.update({column: ([headers[column]] + rows | map(attribute=column) | list) | map('length') | max}) -%}
    {%- endfor -%}
    {%- set title = in_language(texts.title).replace('{day}', setting('as_of_date') | string) -%}
    {%- set lines, last = ['', title, ''], namespace(heading=none) -%}
    {%- for row in [headers] + rows | list -%}
        {%- if row.heading != last.heading -%}
            {%- set last.heading = row.heading -%}
            {%- do lines.extend(['', row.heading]) -%}
        {%- endif -%}
        {%- set cells = [] -%}
        {%- for column in columns -%}
            {%- set is_number = column in ['actual', 'target', 'forecast', 'odds', 'luck'] -%}
            {%- do cells.append(row[column].rjust(widths[column]) if is_number else row[column].ljust(widths[column])) -%}
        {%- endfor -%}
        {%- do lines.append((cells | join('  ')).rstrip()) -%}
    {%- endfor -%}
    {%- set place = target.path or target.database ~ '.' ~ target.schema -%}
    {%- do lines.extend(['', in_language(texts['meaning']), in_language(texts['tables']).replace('{place}', place)]) -%}
    {{ print(lines | join('\n')) }}
{%- endmacro %}
