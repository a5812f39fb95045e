{# The join condition of a key result to the values of its KPI. #}
{% macro same_kpi(key_results, kpi_values) -%}
    {{ key_results }}.kpi_id = {{ kpi_values }}.kpi_id
        and {{ key_results }}.period_grain = {{ kpi_values }}.period_grain
        and {{ key_results }}.dimension = {{ kpi_values }}.dimension
        and {{ key_results }}.dimension_value = {{ kpi_values }}.dimension_value
{%- endmacro %}
