{# The first day of the period of a grain that a date is in. Weeks start on okr_metrics_week_start (date_trunc starts them on Monday
   everywhere), years and quarters with the month okr_metrics_fiscal_year_start_month. #}
{% macro period_start(grain, date) -%}
    {%- set week_shift = {'monday': 0, 'sunday': 1, 'saturday': 2}[setting('week_start')] -%}
    {%- set fiscal_shift = setting('fiscal_year_start_month') - 1 -%}
    {%- set part, shift = {
        'week': ('day', week_shift), 'quarter': ('month', -(fiscal_shift % 3)), 'year': ('month', -fiscal_shift),
    }.get(grain, ('day', 0)) -%}
    {%- if shift -%}
        cast({{ dbt.dateadd(part, -shift, dbt.date_trunc(grain, dbt.dateadd(part, shift, date))) }} as date)
    {%- else -%}
        cast({{ dbt.date_trunc(grain, date) }} as date)
    {%- endif -%}
{%- endmacro %}
