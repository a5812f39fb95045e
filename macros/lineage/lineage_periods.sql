{# The first and the last period that an actual_value is made of: those that int_okr__actuals takes. #}
{% macro lineage_periods(key_result, day) -%}
    {%- set last_day = "cast('" ~ day.period_end ~ "' as date)" -%}
    {%- if key_result.metric_type in ('cumulative', 'cumulative_at_most', 'average') -%}
        {%- set condition = "period_end >= cast('" ~ key_result.start_date ~ "' as date) and "
            ~ ('period_start <= ' if day.is_latest else 'period_end <= ') ~ last_day -%}
    {%- else -%}
        {%- set condition = "period_end = cast('" ~ day.value_date ~ "' as date)" -%}
    {%- endif -%}
    {{ return(run_query(
        'select min(period_start) as first_period, max(period_start) as last_period from ' ~ ref('okr_metrics', 'int_kpi__periods')
        ~ " where period_grain = '" ~ key_result.period_grain ~ "' and " ~ condition
    ).rows[0]) }}
{%- endmacro %}
