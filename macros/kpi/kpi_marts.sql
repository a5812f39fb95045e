{# The marts that hold KPIs and are on for the mapped inputs, and the user's own (okr_metrics_custom_kpis). #}
{% macro kpi_marts() -%}
    {%- set marts = [] -%}
    {%- if revenue_is_on() -%}
        {%- do marts.extend(['kpi__margin', 'kpi__acquisition', 'kpi__retention']) -%}
    {%- endif -%}
    {%- if efficiency_is_on() -%}
        {%- do marts.append('kpi__efficiency') -%}
    {%- endif -%}
    {%- if has_input('subscriptions') -%}
        {%- do marts.append('kpi__subscriptions') -%}
    {%- endif -%}
    {%- if usage_is_on() -%}
        {%- do marts.append('kpi__usage') -%}
    {%- endif -%}
    {%- if satisfaction_is_on() -%}
        {%- do marts.append('kpi__satisfaction') -%}
    {%- endif -%}
    {{ return(marts + setting('custom_kpis')) }}
{%- endmacro %}

{# The relation of a mart: one of ours, or a model of the user's. #}
{% macro mart_relation(mart) -%}
    {{ return(input_relation(mart) if mart in setting('custom_kpis') else ref(mart)) }}
{%- endmacro %}
