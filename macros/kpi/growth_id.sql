{# The kpi_id of the growth of a row's KPI; null where its YAML entry has no "growth". #}
{% macro growth_id(marts) -%}
    case
        when 1 = 0 then null
        {%- for mart in marts %}{% for kpi in kpis_of(mart) if kpi.growth %}
        when base_values.kpi_id = '{{ kpi.id }}' then '{{ kpi.growth }}'
        {%- endfor %}{% endfor %}
        else cast(null as {{ dbt.type_string() }})
    end
{%- endmacro %}
