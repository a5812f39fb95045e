{# The marts that hold KPIs and are on for the mapped inputs. #}
{% macro kpi_marts() -%}
    {%- set marts = [] -%}
    {%- if marts_are_on() -%}
        {%- do marts.extend(['kpi__margin', 'kpi__acquisition', 'kpi__retention']) -%}
    {%- endif -%}
    {%- if has_input('subscriptions') -%}
        {%- do marts.append('kpi__subscriptions') -%}
    {%- endif -%}
    {{ return(marts) }}
{%- endmacro %}
