{# Why a KPI has no value: a grain it isn't defined for, or a column it divides by is 0; null where neither is. #}
{% macro zero_reason(kpis) -%}
    case
        when 1 = 0 then null
        {%- for kpi in kpis %}
        {%- set reasons = dict({kpi.denominator: 'zero_denominator'} if kpi.denominator else {}, **kpi.zero_reasons) %}
        {%- if kpi.grains %}
        when kpis.kpi_id = '{{ kpi.id }}' and period_grain not in ('{{ kpi.grains | join("', '") }}') then 'other_grain'
        {%- endif %}
        {%- if reasons %}
        when kpis.kpi_id = '{{ kpi.id }}' then case
            {%- for column, reason in reasons.items() %}
            when {{ column }} = 0 then '{{ reason }}'
            {%- endfor %}
        end
        {%- endif %}
        {%- endfor %}
        else cast(null as {{ dbt.type_string() }})
    end
{%- endmacro %}
