{# dbt run-operation okr_metrics_lineage: prints one query that lists the raw rows behind a key result's actual_value on a day it is looked at,
   the latest unless as_of says which. #}
{% macro okr_metrics_lineage(key_result_id, as_of=none) -%}
    {{ print(lineage_of_key_result(key_result_id, as_of)) }}
{%- endmacro %}

{# That query. #}
{% macro lineage_of_key_result(key_result_id, as_of) -%}
    {%- if not okr_is_on() -%}
        {{ exceptions.raise_compiler_error('okr_metrics_lineage: no key result is measured. `dbt run-operation okr_metrics_doctor` says which inputs are missing.') }}
    {%- endif -%}
    {%- set key_result = lineage_key_result(key_result_id | string) -%}
    {%- set day = lineage_day(key_result, as_of) -%}
    {%- if key_result.metric_type == 'milestone' and has_input('okr_check_ins') -%}
        {{ return(lineage_of_milestone(key_result, day)) }}
    {%- elif day.actual_value is none -%}
        {{ exceptions.raise_compiler_error('okr_metrics_lineage: ' ~ key_result.key_result_id ~ ' has no value on ' ~ day.period_end ~ ' (' ~ day.status ~ '), so no row is behind it.') }}
    {%- endif -%}
    {%- set periods = lineage_periods(key_result, day) -%}
    {%- set query = lineage_query(
        key_result.kpi_id, key_result.period_grain, periods.first_period, periods.last_period,
        key_result.dimension, key_result.dimension_value, key_result.metric_type == 'average'
    ) -%}
    {{ return('-- On ' ~ day.period_end ~ ' actual_value is ' ~ day.actual_value ~ '.\n' ~ query) }}
{%- endmacro %}

{# The key result of an id; stops with the ids there are. #}
{% macro lineage_key_result(key_result_id) -%}
    {%- set key_results = run_query('select * from ' ~ ref('okr_metrics', 'int_okr__key_results') ~ ' order by key_result_id').rows -%}
    {%- for key_result in key_results if key_result.key_result_id == key_result_id -%}
        {{ return(key_result) }}
    {%- endfor -%}
    {{ exceptions.raise_compiler_error("okr_metrics_lineage: there is no key result '" ~ key_result_id ~ "'. Key results: " ~ key_results | map(attribute='key_result_id') | join(', ') ~ '.') }}
{%- endmacro %}

{# The row of okr__key_result_progress of a day, the latest where none is asked for; stops with the days there are. #}
{% macro lineage_day(key_result, as_of) -%}
    {%- set days = run_query(
        'select period_end, actual_value, value_date, status, is_latest from ' ~ ref('okr_metrics', 'okr__key_result_progress')
        ~ ' where key_result_id = ' ~ dbt.string_literal(dbt.escape_single_quotes(key_result.key_result_id)) ~ ' order by period_end'
    ).rows -%}
    {%- for day in days if as_of | string == day.period_end | string or (as_of is none and day.is_latest) -%}
        {{ return(day) }}
    {%- endfor -%}
    {{ exceptions.raise_compiler_error('okr_metrics_lineage: ' ~ key_result.key_result_id ~ " isn't looked at on " ~ as_of ~ '. Days: ' ~ days | map(attribute='period_end') | join(', ') ~ '.') }}
{%- endmacro %}
