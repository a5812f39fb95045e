{# How many periods of a grain lie between two days, both inclusive, that begin and end on its bounds. #}
{% macro periods_between(start_date, due_date, period_grain) -%}
    {%- set days = dbt.datediff(start_date, due_date, 'day') ~ ' + 1' -%}
    {%- set months = dbt.datediff(start_date, dbt.dateadd('day', 1, due_date), 'month') -%}
    case {{ period_grain }}
        when 'day' then cast({{ days }} as numeric(28, 10))
        when 'week' then cast({{ days }} as numeric(28, 10)) / 7
        when 'month' then cast({{ months }} as numeric(28, 10))
        when 'quarter' then cast({{ months }} as numeric(28, 10)) / 3
        when 'year' then cast({{ months }} as numeric(28, 10)) / 12
    end
{%- endmacro %}
