{# dbt run-operation okr_metrics_lineage: prints one query that lists the rows behind a key result's actual_value on a day it is looked at, the latest
   unless as_of says which. #}
{% macro okr_metrics_lineage(key_result_id, as_of=none) -%}
    {{ print(lineage_of_key_result(key_result_id, as_of)) }}
{%- endmacro %}

{# That query. #}
{% macro lineage_of_key_result(key_result_id, as_of) -%}
    {%- set says, key_result_id = 'okr_metrics_lineage: ', key_result_id | string -%}
    {%- if not okr_is_on() -%}
        {{ exceptions.raise_compiler_error(says ~ 'no key result is measured. `dbt run-operation okr_metrics_doctor` says which inputs are missing.') }}
    {%- endif -%}
    {%- set is_this = ' where key_result_id = ' ~ literals([key_result_id]) -%}
    {%- set key_results = run_query('select * from ' ~ ref('okr_metrics', 'int_okr__key_results') ~ ' order by key_result_id').rows -%}
    {%- set ids = key_results | map(attribute='key_result_id') | list -%}
    {%- if key_result_id not in ids -%}
        {{ exceptions.raise_compiler_error(says ~ "there is no key result '" ~ key_result_id ~ "'. Key results: " ~ ids | join(', ') ~ '.') }}
    {%- endif -%}
    {%- set key_result = key_results[ids.index(key_result_id)] -%}
    {%- set days = run_query(
        'select period_end, actual_value, value_date, status, is_latest from ' ~ ref('okr_metrics', 'okr__key_result_progress')
        ~ is_this ~ ' order by is_latest desc, period_end'
    ).rows -%}
    {%- set dates = days | map(attribute='period_end') | map('string') | list -%}
    {%- if as_of is not none and as_of | string not in dates -%}
        {{ exceptions.raise_compiler_error(says ~ key_result_id ~ " isn't looked at on " ~ as_of ~ '. Days: ' ~ dates | sort | join(', ') ~ '.') }}
    {%- endif -%}
    {%- set day = days[dates.index(as_of | string) if as_of is not none else 0] -%}
    {%- set last_day = "cast('" ~ day.period_end ~ "' as date)" -%}
    {%- if key_result.metric_type == 'milestone' and has_input('okr_check_ins') -%}
        {{ return(
            '-- ' ~ key_result_id ~ ' is a milestone: its actual_value is reported, the value_reported of the last check-in that has one.\n'
            ~ 'select check_in_date, value_reported, confidence, check_in_comment\nfrom ' ~ ref('okr_metrics', 'stg_okr__check_ins') ~ '\n'
            ~ is_this | trim ~ ' and check_in_date <= ' ~ last_day ~ '\norder by check_in_date'
        ) }}
    {%- elif day.actual_value is none -%}
        {{ exceptions.raise_compiler_error(says ~ key_result_id ~ ' has no value on ' ~ day.period_end ~ ' (' ~ day.status ~ '), so no row is behind it.') }}
    {%- endif -%}
    {#- the periods that int_okr__actuals takes -#}
    {%- set is_in = "period_end = cast('" ~ day.value_date ~ "' as date)" -%}
    {%- if key_result.metric_type in ('cumulative', 'cumulative_at_most', 'average') -%}
        {%- set is_in = "period_end >= cast('" ~ key_result.start_date ~ "' as date) and "
            ~ ('period_start <= ' if day.is_latest else 'period_end <= ') ~ last_day -%}
    {%- endif -%}
    {%- set periods = run_query(
        'select min(period_start) as first_period, max(period_start) as last_period from ' ~ ref('okr_metrics', 'int_kpi__periods')
        ~ " where period_grain = '" ~ key_result.period_grain ~ "' and " ~ is_in
    ).rows[0] -%}
    {{ return('-- On ' ~ day.period_end ~ ' actual_value is ' ~ day.actual_value ~ '.\n' ~ lineage_query(
        key_result.kpi_id, key_result.period_grain, periods.first_period, periods.last_period,
        key_result.dimension, key_result.dimension_value, key_result.metric_type == 'average'
    )) }}
{%- endmacro %}
