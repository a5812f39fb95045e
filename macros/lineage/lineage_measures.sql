{# What can be traced: {measure: its input, and how its rows are read}. With lineage_terms, the one statement of it.
   rows (a relation, or a CTE that before(spec, segment) makes) as name; key, day, amount; on: which rows are a period's, by day if not said; joins, where;
   lag: periods back; distinct; by: {dimension: column}. #}
{% macro lineage_measures() -%}
    {%- set measures = {} -%}
    {%- if revenue_is_on() -%}
        {%- do measures.update(lineage_of_facts()) -%}
        {%- do measures.update(lineage_of_customers()) -%}
    {%- endif -%}
    {%- if has_input('subscriptions') -%}
        {%- do measures.update(lineage_of_subscriptions()) -%}
        {%- do measures.update(lineage_of_movements()) -%}
    {%- endif -%}
    {%- if satisfaction_is_on() -%}
        {%- do measures.update(lineage_of_satisfaction()) -%}
    {%- endif -%}
    {{ return(measures) }}
{%- endmacro %}

{# The dimensions of a customer, as columns of a relation. Here as in by: the key is the column of our models that holds a dimension. #}
{% macro lineage_attributes(name, dimensions=none) -%}
    {%- set columns = {} -%}
    {%- for dimension in dimensions or customer_dimensions() -%}
        {%- do columns.update({dimension: name ~ '.' ~ dimension}) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}
