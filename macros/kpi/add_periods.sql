{# A date moved by a number of periods of a grain. #}
{% macro add_periods(grain, number, date) -%}
    {%- set step = {'day': ('day', 1), 'week': ('day', 7), 'month': ('month', 1), 'quarter': ('month', 3), 'year': ('month', 12)}[grain] -%}
    cast({{ dbt.dateadd(step[0], number * step[1], date) }} as date)
{%- endmacro %}
