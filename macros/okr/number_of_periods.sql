{# How many periods of a grain there are between two days that are their bounds, both inclusive. #}
{% macro number_of_periods(grain, first_day, last_day) -%}
    {%- set next_day = dbt.dateadd('day', 1, last_day) -%}
    case {{ grain }}
            when 'day' then {{ dbt.datediff(first_day, next_day, 'day') }}
            when 'week' then {{ dbt.datediff(first_day, next_day, 'day') }} / 7
            when 'month' then {{ dbt.datediff(first_day, next_day, 'month') }}
            when 'quarter' then {{ dbt.datediff(first_day, next_day, 'month') }} / 3
            when 'year' then {{ dbt.datediff(first_day, next_day, 'month') }} / 12
        end
{%- endmacro %}
