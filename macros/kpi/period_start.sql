{# The first day of the period of a grain that a date is in. Weeks start on okr_metrics_week_start; date_trunc starts them on Monday everywhere. #}
{% macro period_start(grain, date) -%}
    {%- set shift = {'monday': 0, 'sunday': 1, 'saturday': 2}[setting('week_start')] -%}
    {%- if grain == 'week' and shift -%}
        cast({{ dbt.dateadd('day', -shift, dbt.date_trunc('week', dbt.dateadd('day', shift, date))) }} as date)
    {%- else -%}
        cast({{ dbt.date_trunc(grain, date) }} as date)
    {%- endif -%}
{%- endmacro %}
