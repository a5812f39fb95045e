{# A period as text that sorts: 2026-09-13, 2026-W32, 2026-08, 2026-Q3, 2026. A week is of the year of its fourth day, as in ISO 8601.
   A fiscal year that doesn't start in January has the name of the year it ends in: FY2027, FY2027-Q1. #}
{% macro period_label(period_grain, period_start) -%}
    {%- set fourth_day = 'cast(' ~ dbt.dateadd('day', 3, period_start) ~ ' as date)' -%}
    {%- set days_before = dbt.datediff('cast(' ~ dbt.date_trunc('year', fourth_day) ~ ' as date)', fourth_day, 'day') -%}
    {%- set week = dbt.safe_cast('cast(floor(' ~ days_before ~ ' / 7e0) as integer) + 1', dbt.type_string()) -%}
    case {{ period_grain }}
            when 'day' then {{ day_text(period_start) }}
            when 'week' then left({{ day_text(fourth_day) }}, 4) || '-W' || right('0' || {{ week }}, 2)
            when 'month' then left({{ day_text(period_start) }}, 7)
            when 'quarter' then {{ fiscal_year_text(period_start) }}
                || case cast(extract(month from {{ period_start }}) as integer)
                    {%- for quarter in range(4) %}
                    when {{ (setting('fiscal_year_start_month') - 1 + 3 * quarter) % 12 + 1 }} then '-Q{{ quarter + 1 }}'
                    {%- endfor %}
                end
            else {{ fiscal_year_text(period_start) }}
        end
{%- endmacro %}

{# The fiscal year that a day is in, as text. #}
{% macro fiscal_year_text(date) -%}
    {%- set first_month = setting('fiscal_year_start_month') -%}
    {%- if first_month == 1 -%}
    left({{ day_text(date) }}, 4)
    {%- else -%}
    'FY' || left({{ day_text(dbt.dateadd('month', 13 - first_month, date)) }}, 4)
    {%- endif -%}
{%- endmacro %}
