{# One part of every KPI of a mart as one column: a case over the mart's own columns, so that one scan serves all. #}
{% macro pick(kpis, part) -%}
    case
        when 1 = 0 then null
        {%- for kpi in kpis if kpi[part] %}
        when kpis.kpi_id = '{{ kpi.id }}'
            then cast({{ kpi[part] }} as numeric(38, 12))
        {%- endfor %}
        else cast(null as numeric(38, 12))
    end
{%- endmacro %}
