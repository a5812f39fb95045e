{# The marts that hold KPIs and are on for the mapped inputs. #}
{% macro kpi_marts() -%}
    {%- set marts = [] -%}
    {%- if has_input('subscriptions') or has_input('orders', 'order_lines') -%}
        {%- do marts.extend(['kpi__margin', 'kpi__acquisition', 'kpi__retention']) -%}
    {%- endif -%}
    {%- if has_input('subscriptions') -%}
        {%- do marts.append('kpi__subscriptions') -%}
    {%- endif -%}
    {{ return(marts) }}
{%- endmacro %}
