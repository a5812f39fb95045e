{# The attributes of a row's customer; unknown where the row has no known customer. Its source is the customer's, unless it has one of its own, or none. #}
{% macro customer_attributes(source='customers.dim_source') -%}
    {%- for column in attributes_of('customers') -%}
    coalesce(customers.{{ column }}, 'unknown') as {{ column }}
    {{- ',\n        ' if not loop.last }}
    {%- endfor -%}
    {%- if source_is_on() and source -%},
        coalesce({{ source }}, 'unknown') as dim_source
    {%- endif -%}
{%- endmacro %}

{# The columns of a customer that all are texts, for optional_input. #}
{% macro texts_of_customers() -%}
    {%- set texts = {} -%}
    {%- for column in ['customer_id', 'source_name'] + attributes_of('customers') | list -%}
        {%- do texts.update({column: dbt.type_string()}) -%}
    {%- endfor -%}
    {{ return(texts) }}
{%- endmacro %}

{# What a version of a subscription has of its own for dimensions, as columns: a customer with several versions has the value with the most MRR. #}
{% macro version_columns() -%}
    {{ return((attributes_of('subscriptions') | list) + source_column()) }}
{%- endmacro %}

{# The columns of those attributes. #}
{% macro customer_columns() -%}
    {{ return((attributes_of('customers') | list) + source_column()) }}
{%- endmacro %}
