{# Why a KPI isn't known in a period, or in the earlier one that it looks back at; null where it is. #}
{% macro gap_reason() -%}
    case
            when periods.period_end < coverage.first_day then 'before_data'
            when periods.period_start > coverage.ended_day then 'after_data'
            when coverage.periods_back = -1
                and periods.year_ago_period_start < coverage.earlier_first_day
                then 'before_data'
            when coverage.periods_back > 0
                and coalesce(earlier_periods.period_start < coverage.earlier_first_day, true)
                then 'before_data'
            when coverage.periods_back > 0
                and earlier_periods.period_end >= coverage.earlier_missing_from_day
                then 'after_data'
        end
{%- endmacro %}
