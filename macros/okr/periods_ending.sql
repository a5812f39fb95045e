{# How many periods of a row's grain end in the days from first to last, both inclusive; the end of a period is the day before a start.
   join_calendar_of must have joined the two days, for where a calendar is mapped. #}
{% macro periods_ending(first_day, last_day, period_grain='period_grain') -%}
    {%- set steps = {'day': ('day', 1), 'week': ('day', 7), 'month': ('month', 1), 'quarter': ('month', 3), 'year': ('month', 12)} -%}
    case {{ period_grain }}
        {%- for grain in setting('period_grains') %}
        {%- if is_of_calendar(grain) %}
        when '{{ grain }}' then cast(day_after.{{ grain }}_number - first_day.{{ grain }}_number as integer)
        {%- else %}
        when '{{ grain }}' then cast({{ dbt.datediff(
            period_start(grain, first_day), period_start(grain, dbt.dateadd('day', 1, last_day)), steps[grain][0]
        ) }} / {{ steps[grain][1] }} as integer)
        {%- endif %}
        {%- endfor %}
    end
{%- endmacro %}

{# The joins that periods_ending needs where a calendar is mapped: the first day, and the day after the last. #}
{% macro join_calendar_of(first_day, last_day) -%}
    {{ join_calendar(first_day, 'first_day') }}
    {{ join_calendar('cast(' ~ dbt.dateadd('day', 1, last_day) ~ ' as date)', 'day_after') }}
{%- endmacro %}
