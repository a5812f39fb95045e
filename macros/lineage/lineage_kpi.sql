{# The entry of a KPI that can be traced; stops where it can't be, with the reason and those that can. #}
{% macro lineage_kpi(kpi_id, measures) -%}
    {%- set traced, reasons = [], {} -%}
    {%- for mart in kpi_marts() -%}
        {%- for kpi in kpis_of(mart) if kpi_id in (kpi.id, kpi.growth) -%}
            {%- set reason = lineage_obstacle(kpi, mart, measures) if kpi.id == kpi_id else 'it compares ' ~ kpi.id ~ ' with that of another period' -%}
            {%- if not reason -%}
                {{ return(kpi) }}
            {%- endif -%}
            {%- do reasons.update({kpi_id: reason}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for mart in kpi_marts() -%}
        {%- for kpi in kpis_of(mart) if not lineage_obstacle(kpi, mart, measures) -%}
            {%- do traced.append(kpi.id) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ exceptions.raise_compiler_error(
        "okr_metrics_lineage: '" ~ kpi_id ~ "' can't be traced to rows: " ~ reasons.get(kpi_id, 'it is no KPI of kpi__catalog')
        ~ '. These can be: ' ~ traced | sort | join(', ') ~ '.'
    ) }}
{%- endmacro %}

{# Why a KPI can't be traced; empty where it can be. #}
{% macro lineage_obstacle(kpi, mart, measures) -%}
    {%- if mart in setting('custom_kpis') -%}
        {{ return('it is a KPI of your model ' ~ mart ~ ', which alone knows its rows') }}
    {%- elif kpi.kind == 'derived' -%}
        {{ return('it is a formula (' ~ kpi.formula ~ '), no sum over rows and no quotient of two') }}
    {%- endif -%}
    {%- for part in [kpi.numerator, kpi.denominator] if part and not lineage_parts(part, measures) -%}
        {{ return(part ~ ' is no sum over rows, under the policies in force') }}
    {%- endfor -%}
    {{ return('') }}
{%- endmacro %}
