{# The share of the days from start to due date that have passed at the end of a day, both days inclusive, 0 to 1. #}
{% macro elapsed_share(start_date, due_date, day) -%}
    cast(case
        when {{ day }} < {{ start_date }} then 0
        when {{ day }} >= {{ due_date }} then 1
        else cast({{ dbt.datediff(start_date, day, 'day') }} + 1 as {{ type_double() }})
            / ({{ dbt.datediff(start_date, due_date, 'day') }} + 1)
    end as numeric(38, 12))
{%- endmacro %}
