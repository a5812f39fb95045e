{# The kpi_id of the growth of a row's KPI; null where its YAML entry has no "growth". #}
{% macro growth_id(marts) -%}
    case base_values.kpi_id
        {%- for mart in marts %}{% for kpi in kpis_of(mart) if kpi.growth %}
        when '{{ kpi.id }}' then '{{ kpi.growth }}'
        {%- endfor %}{% endfor %}
    end
{%- endmacro %}
