{# Why a KPI has no value where a column it divides by is 0; null where none is. #}
{% macro zero_reason(kpis) -%}
    case kpis.kpi_id
        {%- for kpi in kpis %}
        {%- set reasons = dict({kpi.denominator: 'zero_denominator'} if kpi.denominator else {}, **kpi.zero_reasons) %}
        {%- if reasons %}
        when '{{ kpi.id }}' then case
            {%- for column, reason in reasons.items() %}
            when {{ column }} = 0 then '{{ reason }}'
            {%- endfor %}
        end
        {%- endif %}
        {%- endfor %}
    end
{%- endmacro %}
