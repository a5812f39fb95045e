{# One part of every KPI of a mart as one column: a case over the mart's own columns, so that one scan serves all. #}
{% macro pick(mart, kpis, part) -%}
    case kpis.kpi_id
        {%- for kpi in kpis if kpi[part] %}
        when '{{ kpi.id }}'
            then cast({{ kpi[part] }} as numeric(38, 12))
        {%- endfor %}
    end
{%- endmacro %}
