{# How many periods of a row's grain end in the days from first to last, both inclusive; the end of a period is the day before a start. #}
{% macro periods_ending(first_day, last_day, period_grain='period_grain') -%}
    {%- set steps = {'day': ('day', 1), 'week': ('day', 7), 'month': ('month', 1), 'quarter': ('month', 3), 'year': ('month', 12)} -%}
    case {{ period_grain }}
        {%- for grain in setting('period_grains') %}
        when '{{ grain }}' then cast({{ dbt.datediff(
            period_start(grain, first_day), period_start(grain, dbt.dateadd('day', 1, last_day)), steps[grain][0]
        ) }} / {{ steps[grain][1] }} as integer)
        {%- endfor %}
    end
{%- endmacro %}
